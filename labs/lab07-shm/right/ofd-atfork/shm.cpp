// A lock of an open file (OFD), one open file for each process: a child made by fork opens its own at once. A counter
// that is a sem_t, on the wall clock.
#include "shm.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <unordered_set>

namespace shm {

namespace {
int Checked(int result, const char* what) {
  if (result == -1) throw std::system_error(errno, std::system_category(), what);
  return result;
}

int SetLock(int fd, int command, short type) {
  struct flock range {};  // l_pid 0, the whole file
  range.l_type = type;
  int result;
  while ((result = fcntl(fd, command, &range)) == -1 && errno == EINTR) {
  }
  return result;
}
}  // namespace

// All locks of this process. A child that went on using its parent's open files would share its parent's locks, and
// keep them alive.
class OpenLocks {
 public:
  static OpenLocks& Get() {
    static OpenLocks* const all = new OpenLocks;
    return *all;
  }
  void Add(Lock* lock) { locks_.insert(lock); }
  void Remove(Lock* lock) { locks_.erase(lock); }

 private:
  OpenLocks() { pthread_atfork(nullptr, nullptr, [] { Get().Reopen(); }); }
  void Reopen() {
    for (Lock* lock : locks_) {
      const std::string path = "/proc/self/fd/" + std::to_string(lock->fd_);
      const int own = open(path.c_str(), O_RDWR | O_CLOEXEC);
      if (own == -1) _exit(111);
      dup3(own, lock->fd_, O_CLOEXEC);
      close(own);
      lock->held_ = false;
    }
  }
  std::unordered_set<Lock*> locks_;
};

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

Lock::Lock() : fd_(Checked(memfd_create("lock", MFD_CLOEXEC), "memfd_create")) { OpenLocks::Get().Add(this); }

Lock::~Lock() {
  OpenLocks::Get().Remove(this);
  close(fd_);
}

void Lock::lock() {
  Checked(SetLock(fd_, F_OFD_SETLKW, F_WRLCK), "fcntl");
  held_ = true;
}

bool Lock::try_lock() {
  if (SetLock(fd_, F_OFD_SETLK, F_WRLCK) == -1) {
    if (errno == EAGAIN || errno == EACCES) return false;
    Checked(-1, "fcntl");
  }
  return held_ = true;
}

void Lock::unlock() {
  if (!held_) throw std::logic_error("unlock of a lock that is not held");
  held_ = false;
  Checked(SetLock(fd_, F_OFD_SETLK, F_UNLCK), "fcntl");
}

Semaphore::Semaphore(int initial) : pages_(sizeof(sem_t)), sem_(static_cast<sem_t*>(pages_.start())) {
  if (initial < 0) throw std::invalid_argument("initial < 0");
  Checked(sem_init(sem_, 1, static_cast<unsigned>(initial)), "sem_init");
}
Semaphore::~Semaphore() = default;

void Semaphore::acquire() {
  while (sem_wait(sem_) == -1) {
    if (errno != EINTR) Checked(-1, "sem_wait");
  }
}

bool Semaphore::acquire(std::chrono::nanoseconds timeout) {
  if (sem_trywait(sem_) == 0) return true;
  if (timeout.count() <= 0) return false;
  timespec end;
  clock_gettime(CLOCK_REALTIME, &end);
  const long long nanoseconds = end.tv_nsec + timeout.count();
  end.tv_sec += nanoseconds / 1000000000;
  end.tv_nsec = nanoseconds % 1000000000;
  while (sem_timedwait(sem_, &end) == -1) {
    if (errno == ETIMEDOUT) return false;
    if (errno != EINTR) Checked(-1, "sem_timedwait");
  }
  return true;
}

void Semaphore::release() { Checked(sem_post(sem_), "sem_post"); }

int Semaphore::value() const {
  int count = 0;
  Checked(sem_getvalue(sem_, &count), "sem_getvalue");
  return count;
}

}  // namespace shm
