#include "grader/schedule/runtime/atomics.h"

#include "grader/schedule/runtime/races.h"
#include "grader/schedule/runtime/scheduler.h"

namespace grader::schedule::runtime {
namespace {

constexpr int kOrderBits = 0xf;

bool Acquires(int order) {
  order &= kOrderBits;
  return order == __ATOMIC_ACQUIRE || order == __ATOMIC_CONSUME || order == __ATOMIC_ACQ_REL ||
         order == __ATOMIC_SEQ_CST;
}

bool Releases(int order) {
  order &= kOrderBits;
  return order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST;
}

}  // namespace

Object* BeginAtomic(const volatile void* at, std::size_t size, Operation operation, Pc pc) {
  current->latest_pc = pc;
  if (!in_run) return nullptr;
  const Spot spot = SpotOf(pc);
  const bool writes = operation != Operation::kAtomicLoad;
  const std::uint8_t flags = writes ? kAtomic | kWrites : kAtomic;
  CheckAllocated(AddressOf(at), size, flags, spot);
  if (!Concurrent()) return nullptr;
  Object& object = ObjectAt(at, ObjectKind::kAtomic);
  Point({operation, &object, spot, writes});
  CheckAllocated(AddressOf(at), size, flags, spot);
  Check(AddressOf(at), size, flags, spot);
  return &object;
}

void AcquireBy(Object& atomic, int order) {
  if (atomic.released == nullptr) return;
  Join(Acquires(order) ? current->clock : current->acquired, *atomic.released);
}

void ReleaseByStore(Object& atomic, int order) {
  Changed();
  if (Releases(order)) return ReleaseStore(*current, atomic);
  if (atomic.released != nullptr) Clear(*atomic.released);
  if (current->has_fence) Join(ReleasedOf(atomic), current->released_fence);
}

void ReleaseByUpdate(Object& atomic, int order) {
  if (Releases(order)) return ReleaseInto(*current, atomic);
  if (current->has_fence) Join(ReleasedOf(atomic), current->released_fence);
}

void Fence(int order) {
  if (!in_run || !Concurrent()) return;
  Thread& thread = *current;
  if (Acquires(order)) Join(thread.clock, thread.acquired);
  if (!Releases(order)) return;
  Copy(thread.released_fence, thread.clock);
  thread.has_fence = true;
  Tick(thread);
}

}  // namespace grader::schedule::runtime
