#include "grader/schedule/runtime/locks.h"

#include <errno.h>

#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/scheduler.h"

namespace grader::schedule::runtime {
namespace {

void AddHeld(Object& lock, const Spot& spot, bool shared) {
  Thread& thread = *current;
  if (thread.held_count == kMostLocksHeld) EndUnsupported("more than 64 locks held by one thread", spot);
  for (int i = 0; i < thread.held_count; ++i) NoteLockEdge(*thread.held[i].object, lock);
  thread.held[thread.held_count++] = {&lock, spot, shared};
}

void RemoveHeld(Thread& thread, const Object& lock) {
  for (int i = thread.held_count; i-- > 0;) {
    if (thread.held[i].object != &lock) continue;
    for (--thread.held_count; i < thread.held_count; ++i) thread.held[i] = thread.held[i + 1];
    return;
  }
}

void Own(Object& lock, int depth, const Spot& spot) {
  lock.owner = current;
  lock.depth = depth;
  lock.taken = spot;
  AddHeld(lock, spot, false);
  Acquire(*current, lock);
  if (lock.released_by_readers != nullptr) Join(current->clock, *lock.released_by_readers);
}

[[noreturn]] void EndMisused(FindingKind kind, Operation operation, Object& lock, const Spot& spot) {
  Finding& finding = AddFinding(kind, operation, spot);
  NameObject(finding.places[0], lock);
  if (lock.owner != nullptr)
    NameObject(AddPlace(finding, Role::kTaken, lock.owner, Operation::kLock, lock.taken), lock);
  EndFound();
}

bool Free(const Object& lock) { return lock.owner == nullptr && lock.readers == 0; }

// By the thread itself, for itself alone.
void LetGo(Object& lock) {
  ReleaseStore(*current, lock);
  RemoveHeld(*current, lock);
  lock.owner = nullptr;
  lock.depth = 0;
  WakeForReturn(lock);
}

const Thread* WaiterOf(const Object& object) {
  for (Slot slot = 0; slot < slot_count; ++slot) {
    const Thread* thread = slots[slot];
    if (thread == nullptr || thread->state != ThreadState::kWaiting) continue;
    if (thread->pending.object == &object) return thread;
  }
  return nullptr;
}

}  // namespace

int TakeLock(Object& lock, Nanoseconds deadline, Pc caller) {
  const Spot spot = SpotOf(caller);
  Point({Operation::kLock, &lock, spot, true});
  // Against a deadline it only waits in vain.
  if (lock.owner == current && deadline == 0) EndMisused(FindingKind::kSelfLock, Operation::kLock, lock, spot);
  while (!Free(lock)) {
    if (!Wait({Operation::kLock, &lock, spot, true}, deadline) && !Free(lock)) return ETIMEDOUT;
  }
  Own(lock, 1, spot);
  return 0;
}

int TryLock(Object& lock, Pc caller) {
  const Spot spot = SpotOf(caller);
  Point({Operation::kTryLock, &lock, spot, true});
  if (!Free(lock)) {
    Look(caller, 0);
    return EBUSY;
  }
  Own(lock, 1, spot);
  return 0;
}

void GiveBack(Object& lock, Pc caller) {
  const Spot spot = SpotOf(caller);
  Point({Operation::kUnlock, &lock, spot, true});
  if (lock.owner == nullptr) EndMisused(FindingKind::kUnlockOfFree, Operation::kUnlock, lock, spot);
  if (lock.owner != current) EndMisused(FindingKind::kUnlockOfOthers, Operation::kUnlock, lock, spot);
  LetGo(lock);
}

void GiveBackToWait(Object& lock, const Spot& spot) {
  if (lock.owner != current) EndMisused(FindingKind::kConditionUnlocked, Operation::kConditionWait, lock, spot);
  LetGo(lock);
}

void Retake(Object& lock, int depth, const Spot& spot) {
  while (!Free(lock)) Wait({Operation::kLock, &lock, spot, true});
  Own(lock, depth, spot);
}

int TakeShared(Object& lock, Nanoseconds deadline, Pc caller) {
  const Spot spot = SpotOf(caller);
  Point({Operation::kReadLock, &lock, spot, false});
  if (lock.owner == current && deadline == 0) EndMisused(FindingKind::kSelfLock, Operation::kReadLock, lock, spot);
  while (lock.owner != nullptr) {
    if (!Wait({Operation::kReadLock, &lock, spot, false}, deadline) && lock.owner != nullptr) return ETIMEDOUT;
  }
  ++lock.readers;
  AddHeld(lock, spot, true);
  Acquire(*current, lock);
  return 0;
}

int TryShared(Object& lock, Pc caller) {
  const Spot spot = SpotOf(caller);
  Point({Operation::kTryReadLock, &lock, spot, false});
  if (lock.owner != nullptr) {
    Look(caller, 0);
    return EBUSY;
  }
  ++lock.readers;
  AddHeld(lock, spot, true);
  Acquire(*current, lock);
  return 0;
}

bool HoldsShared(const Object& lock) {
  for (int i = 0; i < current->held_count; ++i) {
    if (current->held[i].object == &lock && current->held[i].shared) return true;
  }
  return false;
}

void GiveBackShared(Object& lock, Pc caller) {
  const Spot spot = SpotOf(caller);
  Point({Operation::kReadUnlock, &lock, spot, false});
  if (lock.readers == 0) EndMisused(FindingKind::kUnlockOfFree, Operation::kReadUnlock, lock, spot);
  if (!HoldsShared(lock)) EndMisused(FindingKind::kUnlockOfOthers, Operation::kReadUnlock, lock, spot);
  Join(ReleasedByReaders(lock), current->clock);
  Tick(*current);
  RemoveHeld(*current, lock);
  --lock.readers;
  WakeForReturn(lock);
}

void CheckDestroyed(Object& object, const Spot& spot) {
  if (object.owner != nullptr || object.readers > 0) {
    EndMisused(FindingKind::kDestroyedHeld, Operation::kFree, object, spot);
  }
  const Thread* waiter = WaiterOf(object);
  if (waiter == nullptr) return;
  Finding& finding = AddFinding(FindingKind::kDestroyedWaited, Operation::kFree, spot);
  NameObject(finding.places[0], object);
  AddPlace(finding, Role::kOther, waiter, waiter->pending.operation, waiter->pending.spot);
  EndFound();
}

void CheckLocksIn(Address start, std::size_t size, const Spot& spot) {
  for (Address address = start; address < start + size; address += 8) {
    Cell* cell = FindCell(address);
    if (cell == nullptr) continue;
    for (Object* object = cell->objects; object != nullptr; object = object->next) CheckDestroyed(*object, spot);
  }
}

}  // namespace grader::schedule::runtime
