// Memory, a lock and a semaphore that processes share (lab 7).
#include "shm.hpp"

#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
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

// What all processes share.
struct Semaphore::State {
  std::atomic<int> count;
  std::atomic<int> waiting;
};

static long Sleep(std::atomic<int>& word, const timespec* deadline) {
  return syscall(SYS_futex, &word, FUTEX_WAIT_BITSET, 0, deadline, nullptr, FUTEX_BITSET_MATCH_ANY);
}

Semaphore::Semaphore(int initial) : memory_(1, sizeof(State), alignof(State)), state_(new (memory_.start()) State{}) {
  if (initial < 0) throw std::invalid_argument("a semaphore is never below zero");
  state_->count = initial;
}

Semaphore::~Semaphore() = default;

bool Semaphore::Take() {
  int count = state_->count;
  while (count > 0) {
    if (state_->count.compare_exchange_weak(count, count - 1)) return true;
  }
  return false;
}

void Semaphore::acquire() {
  while (!Take()) {
    ++state_->waiting;
    Sleep(state_->count, nullptr);
    --state_->waiting;
  }
}

bool Semaphore::acquire(std::chrono::nanoseconds timeout) {
  if (Take()) return true;
  if (timeout <= timeout.zero()) return false;
  const timespec deadline = DeadlineIn(timeout);
  for (;;) {
    ++state_->waiting;
    const bool over = Sleep(state_->count, &deadline) == -1 && errno == ETIMEDOUT;
    --state_->waiting;
    if (Take()) return true;
    if (over) return false;
  }
}

void Semaphore::release() {
  const int count = state_->count;
  state_->count = count + 1;
  if (state_->waiting > 0) syscall(SYS_futex, &state_->count, FUTEX_WAKE, 1);
}

int Semaphore::value() const { return state_->count; }

}  // namespace shm
