#include "grader/schedule/runtime/deadlock.h"

#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/scheduler.h"
#include "grader/schedule/runtime/shadow.h"

namespace grader::schedule::runtime {
namespace {

const Thread* NextOf(const Thread& thread) {
  if (thread.state != ThreadState::kWaiting || thread.waiting.deadline != 0) return nullptr;
  if (thread.waiting.target != nullptr) return thread.waiting.target;
  return thread.pending.object != nullptr ? thread.pending.object->owner : nullptr;
}

bool WaitsForItself(const Thread& thread) {
  const Thread* next = NextOf(thread);
  for (std::size_t hops = 0; next != nullptr && hops <= kMostThreads; ++hops, next = NextOf(*next)) {
    if (next == &thread) return true;
  }
  return false;
}

bool AnyCycle() {
  for (Slot slot = 0; slot < slot_count; ++slot) {
    if (slots[slot] != nullptr && WaitsForItself(*slots[slot])) return true;
  }
  return false;
}

// The library lets several atomics share one futex, so that a notification for it proves nothing: those do not count.
bool WaitsForACondition(const Thread& thread) {
  return thread.state == ThreadState::kWaiting && thread.pending.object != nullptr &&
         thread.pending.operation == Operation::kConditionWait;
}

// Waits for a notification, and the last one for its object came before it and woke nobody.
bool MissedItsNotification(const Thread& thread) {
  if (!WaitsForACondition(thread)) return false;
  const Notification& missed = thread.pending.object->missed;
  return missed.thread != kNoThread && missed.thread != thread.number && missed.step < thread.waiting.since;
}

// Nobody, where threads wait for several conditions: what was never notified may be another one.
Thread* WhoMissedIt() {
  Thread* missed = nullptr;
  const Object* condition = nullptr;
  for (Slot slot = 0; slot < slot_count; ++slot) {
    Thread* const thread = slots[slot];
    if (thread == nullptr || !WaitsForACondition(*thread)) continue;
    if (condition != nullptr && condition != thread->pending.object) return nullptr;
    condition = thread->pending.object;
    if (missed == nullptr && MissedItsNotification(*thread)) missed = thread;
  }
  return missed;
}

// A finding whose kHere is what that thread waits in.
Finding& AddFindingAt(FindingKind kind, const Thread& thread) {
  Finding& finding = AddFinding(kind, thread.pending.operation, thread.pending.spot);
  finding.place_count = 0;
  Place& here = AddPlace(finding, Role::kHere, &thread, thread.pending.operation, thread.pending.spot);
  here.step = thread.waiting.since;
  if (thread.pending.object != nullptr && thread.pending.operation != Operation::kJoin)
    NameObject(here, *thread.pending.object);
  return finding;
}

}  // namespace

void EndDeadlocked() {
  for (Slot slot = 0; slot < slot_count; ++slot) {
    if (slots[slot] == nullptr || !slots[slot]->stuck) continue;
    AddFindingAt(FindingKind::kStuck, *slots[slot]);
    EndFound();
  }
  const Thread* missed = AnyCycle() ? nullptr : WhoMissedIt();
  if (missed != nullptr) {
    Finding& finding = AddFindingAt(FindingKind::kLostWakeUp, *missed);
    const Notification& early = missed->pending.object->missed;
    Place& place = AddPlace(finding, Role::kNotified, threads[early.thread], early.operation, early.spot);
    NameObject(place, *missed->pending.object);
    place.step = early.step;
    EndFound();
  }
  for (Slot slot = 0; slot < slot_count; ++slot) {
    const Thread* thread = slots[slot];
    if (thread == nullptr || thread->state != ThreadState::kWaiting) continue;
    if (AnyCycle() && !WaitsForItself(*thread)) continue;
    AddFindingAt(FindingKind::kDeadlock, *thread);
    break;
  }
  EndFound();
}

void EndIfCyclic(const Thread& thread) {
  if (!WaitsForItself(thread)) return;
  AddFindingAt(FindingKind::kDeadlock, thread);
  EndFound();
}

void EndLivelocked() {
  AddFinding(FindingKind::kLivelock, current->pending.operation, current->pending.spot);
  EndFound();
}

void EndOutOfSteps() {
  if (steps - change_step > current_order.step_limit / 2) EndLivelocked();
  EndRun(Ending::kStepLimit, 0);
}

}  // namespace grader::schedule::runtime
