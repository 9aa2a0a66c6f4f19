// sem_*() and pthread_barrier_*().
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>

#include "grader/schedule/runtime/locks.h"
#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/scheduler.h"
#include "grader/schedule/runtime/time.h"

namespace grader::schedule::runtime {
namespace {

Object& SemaphoreAt(sem_t* semaphore) { return ObjectAt(semaphore, ObjectKind::kSemaphore); }
Object& BarrierAt(pthread_barrier_t* barrier) { return ObjectAt(barrier, ObjectKind::kBarrier); }

int Failed(int error) {
  errno = error;
  return -1;
}

int AcquireSemaphore(sem_t* at, Nanoseconds deadline, Pc caller) {
  Object& semaphore = SemaphoreAt(at);
  const Pending pending{Operation::kSemaphoreAcquire, &semaphore, SpotOf(caller), true};
  Point(pending);
  while (semaphore.value <= 0) {
    if (!Wait(pending, deadline) && semaphore.value <= 0) return Failed(ETIMEDOUT);
  }
  --semaphore.value;
  Acquire(*current, semaphore);
  return 0;
}

int WaitAtBarrier(pthread_barrier_t* at, Pc caller) {
  Object& barrier = BarrierAt(at);
  const Pending pending{Operation::kBarrierWait, &barrier, SpotOf(caller), true};
  Point(pending);
  ReleaseInto(*current, barrier);
  const int generation = barrier.generation;
  if (++barrier.value == barrier.total) {
    barrier.value = 0;
    ++barrier.generation;
    Acquire(*current, barrier);
    WakeAll(barrier);
    return PTHREAD_BARRIER_SERIAL_THREAD;
  }
  while (barrier.generation == generation) Wait(pending);
  Acquire(*current, barrier);
  return 0;
}

}  // namespace
}  // namespace grader::schedule::runtime

using namespace grader::schedule;
using namespace grader::schedule::runtime;

GRADE_INTERPOSE int sem_init(sem_t* semaphore, int, unsigned value) {
  if (value > SEM_VALUE_MAX) return Failed(EINVAL);
  SemaphoreAt(semaphore).value = static_cast<int>(value);
  return 0;
}

GRADE_INTERPOSE int sem_destroy(sem_t* semaphore) {
  CheckDestroyed(SemaphoreAt(semaphore), SpotOf(GRADE_CALLER));
  return 0;
}

GRADE_INTERPOSE int sem_wait(sem_t* semaphore) { return AcquireSemaphore(semaphore, 0, GRADE_CALLER); }

GRADE_INTERPOSE int sem_trywait(sem_t* at) {
  Object& semaphore = SemaphoreAt(at);
  Point({Operation::kSemaphoreAcquire, &semaphore, SpotOf(GRADE_CALLER), true, nullptr, true});
  if (semaphore.value <= 0) {
    Look(GRADE_CALLER, 0);
    return Failed(EAGAIN);
  }
  --semaphore.value;
  Acquire(*current, semaphore);
  return 0;
}

GRADE_INTERPOSE int sem_timedwait(sem_t* __restrict semaphore, const timespec* __restrict time) {
  return AcquireSemaphore(semaphore, DeadlineOf(time), GRADE_CALLER);
}

GRADE_INTERPOSE int sem_clockwait(sem_t* __restrict semaphore, clockid_t, const timespec* __restrict time) {
  return AcquireSemaphore(semaphore, DeadlineOf(time), GRADE_CALLER);
}

GRADE_INTERPOSE int sem_post(sem_t* at) {
  Object& semaphore = SemaphoreAt(at);
  Point(Operation::kSemaphoreRelease, &semaphore, GRADE_CALLER);
  if (semaphore.value == SEM_VALUE_MAX) return Failed(EOVERFLOW);
  ++semaphore.value;
  ReleaseInto(*current, semaphore);
  WakeAll(semaphore);
  return 0;
}

GRADE_INTERPOSE int sem_getvalue(sem_t* __restrict at, int* __restrict value) {
  Object& semaphore = SemaphoreAt(at);
  Point({Operation::kSemaphoreAcquire, &semaphore, SpotOf(GRADE_CALLER), false, nullptr, true});
  *value = semaphore.value;
  return 0;
}

GRADE_INTERPOSE int pthread_barrier_init(pthread_barrier_t* __restrict at, const pthread_barrierattr_t* __restrict,
                                         unsigned count) {
  if (count == 0) return EINVAL;
  Object& barrier = BarrierAt(at);
  barrier.value = 0;
  barrier.total = static_cast<int>(count);
  return 0;
}

GRADE_INTERPOSE int pthread_barrier_destroy(pthread_barrier_t* barrier) {
  CheckDestroyed(BarrierAt(barrier), SpotOf(GRADE_CALLER));
  return 0;
}

GRADE_INTERPOSE int pthread_barrier_wait(pthread_barrier_t* barrier) { return WaitAtBarrier(barrier, GRADE_CALLER); }
