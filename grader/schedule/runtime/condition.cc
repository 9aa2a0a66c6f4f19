// pthread_cond_*().
#include <errno.h>
#include <pthread.h>

#include "grader/schedule/runtime/locks.h"
#include "grader/schedule/runtime/random.h"
#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/scheduler.h"
#include "grader/schedule/runtime/time.h"

namespace grader::schedule::runtime {
namespace {

constexpr std::uint64_t kSpuriousOneIn = 6;

Object& ConditionAt(pthread_cond_t* condition) { return ObjectAt(condition, ObjectKind::kCondition); }

bool AnybodyWaitsFor(const Object& condition) {
  for (Slot slot = 0; slot < slot_count; ++slot) {
    const Thread* thread = slots[slot];
    if (thread != nullptr && thread->state == ThreadState::kWaiting && thread->pending.object == &condition)
      return true;
  }
  return false;
}

// POSIX: all that wait at the same time bring the same mutex.
void CheckMutex(Object& condition, Object& mutex, const Spot& spot) {
  if (AnybodyWaitsFor(condition) && condition.mutex != &mutex) {
    Finding& finding = AddFinding(FindingKind::kConditionTwoMutexes, Operation::kConditionWait, spot);
    NameObject(finding.places[0], condition);
    NameObject(AddPlace(finding, Role::kOther, nullptr, Operation::kConditionWait, condition.taken), *condition.mutex);
    EndFound();
  }
  condition.mutex = &mutex;
  condition.taken = spot;
}

int WaitForCondition(pthread_cond_t* at, pthread_mutex_t* mutex, Nanoseconds deadline, Pc caller) {
  Thread& thread = *current;
  Object& condition = ConditionAt(at);
  Object& lock = ObjectAt(mutex, ObjectKind::kMutex);
  const Spot spot = SpotOf(caller);
  const Pending pending{Operation::kConditionWait, &condition, spot, true, &lock};
  const Pending locking{Operation::kLock, &lock, spot, true};
  Point(pending);
  CheckMutex(condition, lock, spot);
  const int depth = lock.depth;
  GiveBackToWait(lock, spot);
  thread.waiting.notified = false;
  bool in_time = true;
  if (Chosen(kSpuriousWakeUps) && world_random.OneIn(kSpuriousOneIn)) {
    Point(Operation::kYield, nullptr, caller, false);
  } else {
    in_time = Wait(pending, locking, deadline);
  }
  thread.pending = locking;
  Retake(lock, depth, spot);
  return in_time || thread.waiting.notified ? 0 : ETIMEDOUT;
}

int Notify(pthread_cond_t* at, Operation operation, Pc caller) {
  Object& condition = ConditionAt(at);
  const Spot spot = SpotOf(caller);
  Point({operation, &condition, spot, true});
  const bool woken = operation == Operation::kNotifyAll ? WakeAll(condition) > 0
                                                        : WakeOne(Operation::kConditionWait, condition) != nullptr;
  condition.missed = woken ? Notification{} : Notification{current->number, operation, steps, spot};
  return 0;
}

}  // namespace
}  // namespace grader::schedule::runtime

using namespace grader::schedule;
using namespace grader::schedule::runtime;

GRADE_INTERPOSE int pthread_cond_init(pthread_cond_t* __restrict condition, const pthread_condattr_t* __restrict) {
  *condition = {};
  ConditionAt(condition).missed = {};
  return 0;
}

GRADE_INTERPOSE int pthread_cond_destroy(pthread_cond_t* condition) {
  CheckDestroyed(ConditionAt(condition), SpotOf(GRADE_CALLER));
  return 0;
}

GRADE_INTERPOSE int pthread_cond_wait(pthread_cond_t* __restrict condition, pthread_mutex_t* __restrict mutex) {
  return WaitForCondition(condition, mutex, 0, GRADE_CALLER);
}

GRADE_INTERPOSE int pthread_cond_timedwait(pthread_cond_t* __restrict condition, pthread_mutex_t* __restrict mutex,
                                           const timespec* __restrict time) {
  return WaitForCondition(condition, mutex, DeadlineOf(time), GRADE_CALLER);
}

GRADE_INTERPOSE int pthread_cond_clockwait(pthread_cond_t* __restrict condition, pthread_mutex_t* __restrict mutex,
                                           clockid_t, const timespec* __restrict time) {
  return WaitForCondition(condition, mutex, DeadlineOf(time), GRADE_CALLER);
}

GRADE_INTERPOSE int pthread_cond_signal(pthread_cond_t* condition) {
  return Notify(condition, Operation::kNotifyOne, GRADE_CALLER);
}

GRADE_INTERPOSE int pthread_cond_broadcast(pthread_cond_t* condition) {
  return Notify(condition, Operation::kNotifyAll, GRADE_CALLER);
}
