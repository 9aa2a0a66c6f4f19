// Memory, a lock and a semaphore that processes share (lab 7).
#include "shm.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

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

Lock::Lock() : file_(memfd_create("lock", MFD_CLOEXEC)) {
  if (file_ == -1) Fail(errno, "memfd_create");
}

Lock::~Lock() { close(file_); }

static pid_t holder = 0;

static int Set(int file, int command, short type) {
  struct flock whole {};
  whole.l_type = type;
  return fcntl(file, command, &whole);
}

void Lock::lock() {
  while (Set(file_, F_SETLKW, F_WRLCK) == -1) {
    if (errno != EINTR) Fail(errno, "fcntl");
  }
  holder = getpid();
}

bool Lock::try_lock() {
  if (Set(file_, F_SETLK, F_WRLCK) == -1) return false;
  holder = getpid();
  return true;
}

void Lock::unlock() {
  if (holder != getpid()) throw std::logic_error("this process does not hold the lock");
  holder = 0;
  Set(file_, F_SETLK, F_UNLCK);
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
