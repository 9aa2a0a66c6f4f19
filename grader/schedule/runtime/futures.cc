// Futures that become ready at the end of a thread (set_value_at_thread_exit). The C++ library makes them so itself,
// and its own atomics are not instrumented: what they order is noted here. The layouts are libstdc++'s (future,
// future.cc).
#include <memory>

#include "grader/schedule/runtime/atomics.h"
#include "grader/schedule/runtime/original.h"
#include "grader/schedule/runtime/thread.h"

namespace grader::schedule::runtime {
namespace {

// __future_base::_State_baseV2
struct FutureState {
  void* functions;
  void* result;
  unsigned status;
};

// What all pointers to a state share.
struct Counts {
  void* functions;
  int uses;
  int weak;
};

// _State_baseV2::_Make_ready: called when its thread has ended.
struct MakeReady {
  MakeReady* next;
  void (*call)(void*);
  std::weak_ptr<FutureState> state;
};

void (*make_ready)(void*);

Counts* CountsOf(const std::weak_ptr<FutureState>& state) {
  struct Pointers {
    FutureState* state;
    Counts* counts;
  };
  return reinterpret_cast<const Pointers&>(state).counts;
}

void Order(const void* atomic) {
  Object* const object = BeginAtomic(atomic, sizeof(int), Operation::kAtomicUpdate, current->latest_pc);
  if (object == nullptr) return;
  AcquireBy(*object, __ATOMIC_ACQ_REL);
  ReleaseByUpdate(*object, __ATOMIC_ACQ_REL);
}

void MakeReadyInOrder(void* ready) {
  Counts* const counts = CountsOf(static_cast<MakeReady*>(ready)->state);
  const auto state = static_cast<MakeReady*>(ready)->state.lock();
  if (state != nullptr) Order(&state->status);
  make_ready(ready);
  if (state != nullptr) Order(&counts->uses);  // whoever is the last destroys what others have used
}

}  // namespace
}  // namespace grader::schedule::runtime

using namespace grader::schedule::runtime;

GRADE_INTERPOSE void _ZNSt13__future_base13_State_baseV211_Make_ready6_M_setEv(MakeReady* self) {
  static const auto original = Original<void(MakeReady*)>("_ZNSt13__future_base13_State_baseV211_Make_ready6_M_setEv");
  original(self);
  make_ready = self->call;
  self->call = MakeReadyInOrder;
}
