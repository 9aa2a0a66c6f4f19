// pthread_mutex_*() and pthread_spin_*(). The state is in Objects; of the student's pthread_mutex_t only the kind is
// read.
#include <errno.h>
#include <pthread.h>
#include <string.h>

#include "grader/schedule/runtime/locks.h"
#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/scheduler.h"
#include "grader/schedule/runtime/time.h"

namespace grader::schedule::runtime {
namespace {

int KindOf(const pthread_mutex_t* mutex) { return mutex->__data.__kind & 3; }

Object& LockOf(pthread_mutex_t* mutex) {
  return ObjectAt(mutex, KindOf(mutex) == PTHREAD_MUTEX_RECURSIVE ? ObjectKind::kRecursiveMutex : ObjectKind::kMutex);
}

// What a mutex of a kind that looks for its owner says before it is locked; -1: nothing.
int OwnersAnswer(const pthread_mutex_t* mutex, Object& lock) {
  if (lock.owner != current) return -1;
  if (KindOf(mutex) == PTHREAD_MUTEX_ERRORCHECK) return EDEADLK;
  if (KindOf(mutex) != PTHREAD_MUTEX_RECURSIVE) return -1;
  ++lock.depth;
  return 0;
}

int LockMutex(pthread_mutex_t* mutex, Nanoseconds deadline, Pc caller) {
  Object& lock = LockOf(mutex);
  const int answer = OwnersAnswer(mutex, lock);
  return answer >= 0 ? answer : TakeLock(lock, deadline, caller);
}

Object& SpinLockOf(pthread_spinlock_t* lock) { return ObjectAt(lock, ObjectKind::kSpinLock); }

}  // namespace
}  // namespace grader::schedule::runtime

using namespace grader::schedule;
using namespace grader::schedule::runtime;

GRADE_INTERPOSE int pthread_mutex_init(pthread_mutex_t* mutex, const pthread_mutexattr_t* attributes) {
  *mutex = {};
  if (attributes != nullptr) pthread_mutexattr_gettype(attributes, &mutex->__data.__kind);
  Object& lock = LockOf(mutex);
  lock.owner = nullptr;
  lock.depth = 0;
  return 0;
}

GRADE_INTERPOSE int pthread_mutex_destroy(pthread_mutex_t* mutex) {
  CheckDestroyed(LockOf(mutex), SpotOf(GRADE_CALLER));
  return 0;
}

GRADE_INTERPOSE int pthread_mutex_lock(pthread_mutex_t* mutex) { return LockMutex(mutex, 0, GRADE_CALLER); }

GRADE_INTERPOSE int pthread_mutex_trylock(pthread_mutex_t* mutex) {
  Object& lock = LockOf(mutex);
  const int answer = OwnersAnswer(mutex, lock);
  return answer >= 0 ? (answer == EDEADLK ? EBUSY : answer) : TryLock(lock, GRADE_CALLER);
}

GRADE_INTERPOSE int pthread_mutex_timedlock(pthread_mutex_t* __restrict mutex, const timespec* __restrict time) {
  return LockMutex(mutex, DeadlineOf(time), GRADE_CALLER);
}

GRADE_INTERPOSE int pthread_mutex_clocklock(pthread_mutex_t* __restrict mutex, clockid_t,
                                            const timespec* __restrict time) {
  return LockMutex(mutex, DeadlineOf(time), GRADE_CALLER);
}

GRADE_INTERPOSE int pthread_mutex_unlock(pthread_mutex_t* mutex) {
  Object& lock = LockOf(mutex);
  const int kind = KindOf(mutex);
  if (lock.owner != current && kind == PTHREAD_MUTEX_ERRORCHECK) return EPERM;
  if (lock.owner == current && lock.depth > 1) {
    --lock.depth;
    return 0;
  }
  GiveBack(lock, GRADE_CALLER);
  return 0;
}

GRADE_INTERPOSE int pthread_spin_init(pthread_spinlock_t* lock, int) {
  SpinLockOf(lock).owner = nullptr;
  return 0;
}

GRADE_INTERPOSE int pthread_spin_destroy(pthread_spinlock_t* lock) {
  CheckDestroyed(SpinLockOf(lock), SpotOf(GRADE_CALLER));
  return 0;
}

GRADE_INTERPOSE int pthread_spin_lock(pthread_spinlock_t* lock) { return TakeLock(SpinLockOf(lock), 0, GRADE_CALLER); }

GRADE_INTERPOSE int pthread_spin_trylock(pthread_spinlock_t* lock) { return TryLock(SpinLockOf(lock), GRADE_CALLER); }

GRADE_INTERPOSE int pthread_spin_unlock(pthread_spinlock_t* lock) {
  GiveBack(SpinLockOf(lock), GRADE_CALLER);
  return 0;
}
