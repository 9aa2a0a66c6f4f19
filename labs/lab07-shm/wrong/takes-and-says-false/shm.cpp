// Memory, a lock and a semaphore that processes share (lab 7).
#include "shm.hpp"

#include <sys/mman.h>
#include <time.h>

#include <cerrno>
#include <cstdint>
#include <system_error>

namespace shm {
namespace {

[[noreturn]] void Fail(int error, const char* what) { throw std::system_error(error, std::generic_category(), what); }

timespec DeadlineIn(std::chrono::nanoseconds timeout) {
  constexpr std::chrono::nanoseconds kSecond = std::chrono::seconds(1);
  timespec now{};
  if (clock_gettime(CLOCK_MONOTONIC, &now) == -1) Fail(errno, "clock_gettime");
  const auto deadline = std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec) + timeout;
  return {deadline / kSecond, (deadline % kSecond).count()};
}

}  // namespace

namespace detail {

Mapping::Mapping(std::size_t count, std::size_t size, std::size_t alignment) : bytes_(count * size + alignment) {
  if (count > (SIZE_MAX - alignment) / size) Fail(ENOMEM, "mmap");
  mapped_ = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (mapped_ == MAP_FAILED) Fail(errno, "mmap");
  start_ = mapped_;
  std::size_t space = bytes_;
  std::align(alignment, count * size, start_, space);
}

Mapping::~Mapping() { munmap(mapped_, bytes_); }

}  // namespace detail

Lock::Lock()
    : memory_(1, sizeof(pthread_mutex_t), alignof(pthread_mutex_t)),
      mutex_(static_cast<pthread_mutex_t*>(memory_.start())) {
  pthread_mutexattr_t attributes;
  if (const int error = pthread_mutexattr_init(&attributes); error != 0) Fail(error, "pthread_mutexattr_init");
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  const int error = pthread_mutex_init(mutex_, &attributes);
  pthread_mutexattr_destroy(&attributes);
  if (error != 0) Fail(error, "pthread_mutex_init");
}

// Not pthread_mutex_destroy: others may go on using it. But if this process holds it, it must not keep it: the kernel
// would look for the mutex in memory that is gone. Of a mutex that it does not hold, this does nothing.
Lock::~Lock() { pthread_mutex_unlock(mutex_); }

void Lock::lock() { Took(pthread_mutex_lock(mutex_)); }

bool Lock::try_lock() {
  const int error = pthread_mutex_trylock(mutex_);
  if (error == EBUSY) return false;
  Took(error);
  return true;
}

// After EOWNERDEAD the mutex is ours. If we did not call it consistent, our unlock would make it useless for ever.
void Lock::Took(int error) {
  if (error == EOWNERDEAD) error = pthread_mutex_consistent(mutex_);
  if (error != 0) Fail(error, "pthread_mutex_lock");
}

void Lock::unlock() {
  const int error = pthread_mutex_unlock(mutex_);
  if (error == EPERM) throw std::logic_error("this process does not hold the lock");
  if (error != 0) Fail(error, "pthread_mutex_unlock");
}

Semaphore::Semaphore(int initial)
    : memory_(1, sizeof(sem_t), alignof(sem_t)), semaphore_(static_cast<sem_t*>(memory_.start())) {
  if (initial < 0) throw std::invalid_argument("a semaphore is never below zero");
  constexpr int kAmongProcesses = 1;
  if (sem_init(semaphore_, kAmongProcesses, static_cast<unsigned>(initial)) == -1) Fail(errno, "sem_init");
}

Semaphore::~Semaphore() = default;  // not sem_destroy: others may go on using it

void Semaphore::acquire() {
  while (sem_wait(semaphore_) == -1) {
    if (errno != EINTR) Fail(errno, "sem_wait");
  }
}

bool Semaphore::acquire(std::chrono::nanoseconds timeout) {
  if (timeout <= timeout.zero()) {
    while (sem_trywait(semaphore_) == -1) {
      if (errno == EAGAIN) return false;
      if (errno != EINTR) Fail(errno, "sem_trywait");
    }
    return true;
  }
  const timespec deadline = DeadlineIn(timeout);  // a point in time stays where it is, however often a signal comes
  while (sem_clockwait(semaphore_, CLOCK_MONOTONIC, &deadline) == -1) {
    if (errno == ETIMEDOUT) {
      sem_trywait(semaphore_);  // a last look
      return false;
    }
    if (errno != EINTR) Fail(errno, "sem_clockwait");
  }
  return true;
}

void Semaphore::release() {
  if (sem_post(semaphore_) == -1) Fail(errno, "sem_post");
}

int Semaphore::value() const {
  int value = 0;
  if (sem_getvalue(semaphore_, &value) == -1) Fail(errno, "sem_getvalue");
  return value;
}

}  // namespace shm
