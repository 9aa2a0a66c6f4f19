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

// The pid of the process that has the lock, or 0.
struct Lock::State {
  std::atomic<int> holder;
  std::atomic<int> waiting;
};

static void Sleep(std::atomic<int>& word, int value) { syscall(SYS_futex, &word, FUTEX_WAIT, value, nullptr); }
static void Wake(std::atomic<int>& word) { syscall(SYS_futex, &word, FUTEX_WAKE, 1000); }

Lock::Lock() : memory_(1, sizeof(State), alignof(State)), state_(new (memory_.start()) State{}) {}
Lock::~Lock() = default;

void Lock::lock() {
  if (try_lock()) return;
  ++state_->waiting;
  if (const int other = state_->holder; other != 0) Sleep(state_->holder, other);
  --state_->waiting;
  state_->holder = getpid();
}

bool Lock::try_lock() {
  int nobody = 0;
  return state_->holder.compare_exchange_strong(nobody, getpid());
}

void Lock::unlock() {
  if (state_->holder != getpid()) throw std::logic_error("this process does not hold the lock");
  state_->holder = 0;
  if (state_->waiting > 0) Wake(state_->holder);
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
    if (errno == ETIMEDOUT) return false;
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
