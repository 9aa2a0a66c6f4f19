// No pthreads at all: a record lock on a memfd, an eventfd that counts, and memory from a memfd. Record locks belong to a
// process: no child inherits them, and the kernel frees them when it dies (fcntl(2), F_SETLKW).
#include "shm.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <string>
#include <system_error>

namespace shm {

namespace {
int Checked(int result, const char* what) {
  if (result == -1) throw std::system_error(errno, std::system_category(), what);
  return result;
}

int SetLock(int fd, int command, short type) {
  struct flock range {};
  range.l_type = type;
  range.l_whence = SEEK_SET;
  range.l_len = 1;
  int result;
  do {
    result = fcntl(fd, command, &range);
  } while (result == -1 && errno == EINTR);
  return result;
}
}  // namespace

SharedPages::SharedPages(std::size_t bytes) : bytes_(bytes) {
  int fd = Checked(memfd_create("shm", MFD_CLOEXEC), "memfd_create");
  if (ftruncate(fd, static_cast<off_t>(bytes)) == -1) {
    int error = errno;
    close(fd);
    throw std::system_error(error, std::system_category(), "ftruncate");
  }
  start_ = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  int error = errno;
  close(fd);
  if (start_ == MAP_FAILED) throw std::system_error(error, std::system_category(), "mmap");
}

SharedPages::~SharedPages() { munmap(start_, bytes_); }

Lock::Lock() : fd_(Checked(memfd_create("lock", MFD_CLOEXEC), "memfd_create")) {}
Lock::~Lock() { close(fd_); }

void Lock::lock() {
  Checked(SetLock(fd_, F_SETLKW, F_WRLCK), "fcntl");
  holder_ = getpid();
}

bool Lock::try_lock() {
  if (SetLock(fd_, F_SETLK, F_WRLCK) == -1) {
    if (errno == EACCES || errno == EAGAIN) return false;
    Checked(-1, "fcntl");
  }
  holder_ = getpid();
  return true;
}

void Lock::unlock() {
  if (holder_ != getpid()) throw std::logic_error("not the holder");
  holder_ = 0;
  Checked(SetLock(fd_, F_SETLK, F_UNLCK), "fcntl");
}

Semaphore::Semaphore(int initial) : fd_(-1) {
  if (initial < 0) throw std::invalid_argument("initial < 0");
  fd_ = Checked(eventfd(static_cast<unsigned>(initial), EFD_SEMAPHORE | EFD_CLOEXEC | EFD_NONBLOCK), "eventfd");
}
Semaphore::~Semaphore() { close(fd_); }

bool Semaphore::take() {
  std::uint64_t one;
  for (;;) {
    if (read(fd_, &one, sizeof one) == sizeof one) return true;
    if (errno == EAGAIN) return false;
    if (errno != EINTR) Checked(-1, "read");
  }
}

void Semaphore::acquire() {
  while (!take()) {
    pollfd p{fd_, POLLIN, 0};
    if (poll(&p, 1, -1) == -1 && errno != EINTR) Checked(-1, "poll");
  }
}

bool Semaphore::acquire(std::chrono::nanoseconds timeout) {
  using Clock = std::chrono::steady_clock;
  if (timeout.count() <= 0) return take();
  const auto end = Clock::now() + timeout;
  while (!take()) {
    const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(end - Clock::now()).count();
    if (left <= 0) return false;
    timespec ts{left / 1000000000, left % 1000000000};
    pollfd p{fd_, POLLIN, 0};
    if (ppoll(&p, 1, &ts, nullptr) == -1 && errno != EINTR) Checked(-1, "ppoll");
  }
  return true;
}

void Semaphore::release() {
  std::uint64_t one = 1;
  while (write(fd_, &one, sizeof one) == -1) {
    if (errno != EINTR) Checked(-1, "write");
  }
}

// The kernel tells the count of an eventfd in /proc (proc(5), fdinfo).
int Semaphore::value() const {
  const auto path = "/proc/self/fdinfo/" + std::to_string(fd_);
  FILE* f = std::fopen(path.c_str(), "re");
  if (f == nullptr) Checked(-1, "fopen");
  char line[200];
  unsigned long long count = 0;
  while (std::fgets(line, sizeof line, f) != nullptr) {
    if (std::sscanf(line, "eventfd-count: %llx", &count) == 1) break;
  }
  std::fclose(f);
  return static_cast<int>(count);
}

}  // namespace shm
