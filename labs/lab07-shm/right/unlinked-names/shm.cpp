// Names, which are taken away at once: shm_open and sem_open.
#include "shm.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace shm {

static std::string new_name() {
  static int number = 0;
  return "/lab7-" + std::to_string(getpid()) + "-" + std::to_string(number++);
}

static void check(bool ok, const char* call) {
  if (!ok) throw std::system_error(errno, std::generic_category(), call);
}

void* map_shared(std::size_t bytes) {
  std::string name = new_name();
  int fd = shm_open(name.c_str(), O_CREAT | O_EXCL | O_RDWR, 0600);
  check(fd >= 0, "shm_open");
  shm_unlink(name.c_str());
  void* start = MAP_FAILED;
  if (ftruncate(fd, (off_t)bytes) == 0) start = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  int error = errno;
  close(fd);
  errno = error;
  check(start != MAP_FAILED, "mmap");
  return start;
}

void unmap_shared(void* start, std::size_t bytes) { munmap(start, bytes); }

Lock::Lock() {
  mutex_ = (pthread_mutex_t*)map_shared(sizeof(pthread_mutex_t));
  pthread_mutexattr_t attr;
  pthread_mutexattr_init(&attr);
  pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED);
  pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
  pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_ERRORCHECK);
  pthread_mutex_init(mutex_, &attr);
  pthread_mutexattr_destroy(&attr);
}

Lock::~Lock() { unmap_shared(mutex_, sizeof(pthread_mutex_t)); }

void Lock::lock() {
  errno = pthread_mutex_lock(mutex_);
  if (errno == EOWNERDEAD) errno = pthread_mutex_consistent(mutex_);
  check(errno == 0, "pthread_mutex_lock");
}

bool Lock::try_lock() {
  errno = pthread_mutex_trylock(mutex_);
  if (errno == EBUSY || errno == EDEADLK) return false;
  if (errno == EOWNERDEAD) errno = pthread_mutex_consistent(mutex_);
  check(errno == 0, "pthread_mutex_trylock");
  return true;
}

void Lock::unlock() {
  if (pthread_mutex_unlock(mutex_) != 0) throw std::logic_error("unlock without lock");
}

Semaphore::Semaphore(int initial) {
  if (initial < 0) throw std::invalid_argument("negative");
  std::string name = new_name();
  sem_ = sem_open(name.c_str(), O_CREAT | O_EXCL, 0600, (unsigned)initial);
  check(sem_ != SEM_FAILED, "sem_open");
  sem_unlink(name.c_str());
}

Semaphore::~Semaphore() { sem_close(sem_); }

void Semaphore::acquire() {
  int result;
  do result = sem_wait(sem_);
  while (result == -1 && errno == EINTR);
  check(result == 0, "sem_wait");
}

bool Semaphore::acquire(std::chrono::nanoseconds timeout) {
  if (timeout <= std::chrono::nanoseconds(0)) {
    if (sem_trywait(sem_) == 0) return true;
    check(errno == EAGAIN || errno == EINTR, "sem_trywait");
    return false;
  }
  timespec at;
  clock_gettime(CLOCK_REALTIME, &at);
  long long end = at.tv_sec * 1000000000LL + at.tv_nsec + timeout.count();
  at.tv_sec = end / 1000000000;
  at.tv_nsec = end % 1000000000;
  int result;
  do result = sem_timedwait(sem_, &at);
  while (result == -1 && errno == EINTR);
  if (result == -1 && errno == ETIMEDOUT) return false;
  check(result == 0, "sem_timedwait");
  return true;
}

void Semaphore::release() { check(sem_post(sem_) == 0, "sem_post"); }

int Semaphore::value() const {
  int value;
  check(sem_getvalue(sem_, &value) == 0, "sem_getvalue");
  return value;
}

}  // namespace shm
