// What the compiler calls for atomics (-fsanitize=thread). Only one thread runs, so plain accesses do.
#include "grader/schedule/runtime/atomics.h"
#include "grader/schedule/runtime/scheduler.h"

namespace grader::schedule::runtime {
namespace {

template <typename T>
T Load(const volatile T* at, int order, Pc pc) {
  Object* object = BeginAtomic(at, sizeof(T), Operation::kAtomicLoad, pc);
  const T value = *at;
  if (object != nullptr) {
    AcquireBy(*object, order);
    Look(pc, static_cast<std::uint64_t>(value));
  }
  return value;
}

template <typename T>
void Store(volatile T* at, T value, int order, Pc pc) {
  if (Object* object = BeginAtomic(at, sizeof(T), Operation::kAtomicStore, pc); object != nullptr) {
    ReleaseByStore(*object, order);
  }
  *at = value;
}

// libstdc++ 12 locks the pointer of an atomic<shared_ptr> by bit 0 and gives it back with a relaxed subtraction where
// it ought to release: what its users see is in order all the same.
template <typename T>
int OrderOfSubtraction(const Object& object, T subtracted, int order) {
  const bool gives_back = sizeof(T) == 8 && subtracted == 1 && object.lock_bit_taker == current;
  return gives_back ? __ATOMIC_RELEASE : order;
}

template <typename T>
void NoteLockBit(Object& object, T before, T after) {
  object.lock_bit_taker = sizeof(T) == 8 && (before & 1) == 0 && after == (before | 1) ? current : nullptr;
}

template <typename T, typename Change>
T Update(volatile T* at, int order, Pc pc, Change change) {
  Object* object = BeginAtomic(at, sizeof(T), Operation::kAtomicUpdate, pc);
  const T before = *at;
  const T after = change(before);
  if (object != nullptr) {
    AcquireBy(*object, order);
    if (sizeof(T) == 8 && after == static_cast<T>(before - 1)) order = OrderOfSubtraction<T>(*object, 1, order);
    ReleaseByUpdate(*object, order);
    object->lock_bit_taker = nullptr;
    if (before == after) {
      Look(pc, static_cast<std::uint64_t>(before));
    } else {
      Changed();
    }
  }
  *at = after;
  return before;
}

template <typename T>
bool CompareExchange(volatile T* at, T* expected, T desired, int success, int failure, Pc pc) {
  Object* object = BeginAtomic(at, sizeof(T), Operation::kAtomicUpdate, pc);
  const T before = *at;
  if (before != *expected) {
    *expected = before;
    if (object == nullptr) return false;
    AcquireBy(*object, failure);
    Look(pc, static_cast<std::uint64_t>(before));
    return false;
  }
  if (object != nullptr) {
    AcquireBy(*object, success);
    ReleaseByUpdate(*object, success);
    NoteLockBit(*object, before, desired);
    if (before != desired) Changed();
  }
  *at = desired;
  return true;
}

}  // namespace
}  // namespace grader::schedule::runtime

using namespace grader::schedule;
using namespace grader::schedule::runtime;

#define GRADE_UPDATE(bits, type, name, result)                                                           \
  GRADE_INTERPOSE type __tsan_atomic##bits##_##name(volatile type* at, type operand, int order) {        \
    return Update(at, order, GRADE_CALLER, [operand](type value) { return static_cast<type>(result); }); \
  }

#define GRADE_ATOMICS(bits, type)                                                                                    \
  GRADE_INTERPOSE type __tsan_atomic##bits##_load(const volatile type* at, int order) {                              \
    return Load(at, order, GRADE_CALLER);                                                                            \
  }                                                                                                                  \
  GRADE_INTERPOSE void __tsan_atomic##bits##_store(volatile type* at, type value, int order) {                       \
    Store(at, value, order, GRADE_CALLER);                                                                           \
  }                                                                                                                  \
  GRADE_UPDATE(bits, type, exchange, (static_cast<void>(value), operand))                                            \
  GRADE_UPDATE(bits, type, fetch_add, value + operand)                                                               \
  GRADE_UPDATE(bits, type, fetch_sub, value - operand)                                                               \
  GRADE_UPDATE(bits, type, fetch_and, value& operand)                                                                \
  GRADE_UPDATE(bits, type, fetch_or, value | operand)                                                                \
  GRADE_UPDATE(bits, type, fetch_xor, value ^ operand)                                                               \
  GRADE_UPDATE(bits, type, fetch_nand, ~(value & operand))                                                           \
  GRADE_INTERPOSE int __tsan_atomic##bits##_compare_exchange_strong(volatile type* at, type* expected, type desired, \
                                                                    int success, int failure) {                      \
    return CompareExchange(at, expected, desired, success, failure, GRADE_CALLER);                                   \
  }                                                                                                                  \
  GRADE_INTERPOSE int __tsan_atomic##bits##_compare_exchange_weak(volatile type* at, type* expected, type desired,   \
                                                                  int success, int failure) {                        \
    return CompareExchange(at, expected, desired, success, failure, GRADE_CALLER);                                   \
  }                                                                                                                  \
  GRADE_INTERPOSE type __tsan_atomic##bits##_compare_exchange_val(volatile type* at, type expected, type desired,    \
                                                                  int success, int failure) {                        \
    CompareExchange(at, &expected, desired, success, failure, GRADE_CALLER);                                         \
    return expected;                                                                                                 \
  }

__extension__ typedef unsigned __int128 Sixteen;

GRADE_ATOMICS(8, std::uint8_t)
GRADE_ATOMICS(16, std::uint16_t)
GRADE_ATOMICS(32, std::uint32_t)
GRADE_ATOMICS(64, std::uint64_t)
GRADE_ATOMICS(128, Sixteen)

GRADE_INTERPOSE void __tsan_atomic_thread_fence(int order) { Fence(order); }

GRADE_INTERPOSE void __tsan_atomic_signal_fence(int) {}
