// Memory, a lock and a semaphore that processes share (lab 7).
#include "shm.hpp"

#include <sys/mman.h>
#include <sys/sem.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
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

Semaphore::Semaphore(int initial) : maker_(getpid()) {
  if (initial < 0) throw std::invalid_argument("a semaphore is never below zero");
  id_ = semget(IPC_PRIVATE, 1, 0600);
  if (id_ == -1) Fail(errno, "semget");
  if (semctl(id_, 0, SETVAL, initial) == -1) Fail(errno, "semctl");
}

Semaphore::~Semaphore() {
  if (maker_ == getpid()) semctl(id_, 0, IPC_RMID);
}

bool Semaphore::Change(short by, const timespec* rest) {
  sembuf change{0, by, SEM_UNDO};
  if (semtimedop(id_, &change, 1, rest) == 0) return true;
  if (errno != EAGAIN && errno != EINTR) Fail(errno, "semtimedop");
  return false;
}

void Semaphore::acquire() {
  while (!Change(-1, nullptr)) continue;
}

bool Semaphore::acquire(std::chrono::nanoseconds timeout) {
  const auto end = std::chrono::steady_clock::now() + std::max(timeout, timeout.zero());
  for (;;) {
    const std::chrono::nanoseconds left =
        std::max<std::chrono::nanoseconds>(end - std::chrono::steady_clock::now(), timeout.zero());
    const timespec rest{left.count() / 1'000'000'000, left.count() % 1'000'000'000};
    if (Change(-1, &rest)) return true;
    if (left == left.zero()) return false;
  }
}

void Semaphore::release() { Change(1, nullptr); }

int Semaphore::value() const { return semctl(id_, 0, GETVAL); }

}  // namespace shm
