// pthread_rwlock_*(). Readers are preferred, as in the C library.
#include <errno.h>
#include <pthread.h>

#include "grader/schedule/runtime/locks.h"
#include "grader/schedule/runtime/scheduler.h"
#include "grader/schedule/runtime/time.h"

using namespace grader::schedule;
using namespace grader::schedule::runtime;

namespace {

Object& LockOf(pthread_rwlock_t* lock) { return ObjectAt(lock, ObjectKind::kSharedMutex); }

}  // namespace

GRADE_INTERPOSE int pthread_rwlock_init(pthread_rwlock_t* __restrict lock, const pthread_rwlockattr_t* __restrict) {
  *lock = {};
  Object& object = LockOf(lock);
  object.owner = nullptr;
  object.readers = 0;
  return 0;
}

GRADE_INTERPOSE int pthread_rwlock_destroy(pthread_rwlock_t* lock) {
  CheckDestroyed(LockOf(lock), SpotOf(GRADE_CALLER));
  return 0;
}

GRADE_INTERPOSE int pthread_rwlock_rdlock(pthread_rwlock_t* lock) { return TakeShared(LockOf(lock), 0, GRADE_CALLER); }

GRADE_INTERPOSE int pthread_rwlock_tryrdlock(pthread_rwlock_t* lock) { return TryShared(LockOf(lock), GRADE_CALLER); }

GRADE_INTERPOSE int pthread_rwlock_timedrdlock(pthread_rwlock_t* __restrict lock, const timespec* __restrict time) {
  return TakeShared(LockOf(lock), DeadlineOf(time), GRADE_CALLER);
}

GRADE_INTERPOSE int pthread_rwlock_clockrdlock(pthread_rwlock_t* __restrict lock, clockid_t,
                                               const timespec* __restrict time) {
  return TakeShared(LockOf(lock), DeadlineOf(time), GRADE_CALLER);
}

GRADE_INTERPOSE int pthread_rwlock_wrlock(pthread_rwlock_t* lock) { return TakeLock(LockOf(lock), 0, GRADE_CALLER); }

GRADE_INTERPOSE int pthread_rwlock_trywrlock(pthread_rwlock_t* lock) { return TryLock(LockOf(lock), GRADE_CALLER); }

GRADE_INTERPOSE int pthread_rwlock_timedwrlock(pthread_rwlock_t* __restrict lock, const timespec* __restrict time) {
  return TakeLock(LockOf(lock), DeadlineOf(time), GRADE_CALLER);
}

GRADE_INTERPOSE int pthread_rwlock_clockwrlock(pthread_rwlock_t* __restrict lock, clockid_t,
                                               const timespec* __restrict time) {
  return TakeLock(LockOf(lock), DeadlineOf(time), GRADE_CALLER);
}

GRADE_INTERPOSE int pthread_rwlock_unlock(pthread_rwlock_t* lock) {
  Object& object = LockOf(lock);
  if (object.owner == nullptr && object.readers > 0) {
    GiveBackShared(object, GRADE_CALLER);
  } else {
    GiveBack(object, GRADE_CALLER);
  }
  return 0;
}
