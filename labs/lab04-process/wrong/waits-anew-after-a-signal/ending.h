// Waiting for the end of a child, and what its status says.
#pragma once

#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <system_error>

namespace lab {

// waitpid(2), whatever signal handlers run meanwhile. -1 if somebody else has reaped it.
inline pid_t WaitFor(pid_t child, int options, int& status) {
  for (;;) {
    const pid_t ended = waitpid(child, &status, options);
    if (ended != -1 || errno == ECHILD) return ended;
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "waitpid");
  }
}

// 0 to 255, or -n for signal n.
inline int ExitCode(int status) { return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status); }

inline timespec ToTimespec(std::chrono::nanoseconds time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  return {static_cast<time_t>(seconds.count()), static_cast<long>((time - seconds).count())};
}

// A pidfd: readable from the end of the process on (pidfd_open(2)).
class PidFd {
 public:
  explicit PidFd(pid_t process) : fd_(static_cast<int>(syscall(SYS_pidfd_open, process, 0))) {}
  ~PidFd() {
    if (fd_ != -1) close(fd_);
  }
  PidFd(const PidFd&) = delete;
  PidFd& operator=(const PidFd&) = delete;

  int get() const { return fd_; }

 private:
  int fd_;
};

// Sleeps until the process has ended or timeout has passed, whatever signal handlers run meanwhile.
inline void SleepUntilEnded(pid_t process, std::chrono::nanoseconds timeout) {
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::nanoseconds kLongest = std::chrono::hours(24 * 365);  // no overflow below
  const auto deadline = Clock::now() + std::min(timeout, kLongest);
  const PidFd end(process);
  if (end.get() == -1) throw std::system_error(errno, std::generic_category(), "pidfd_open");
  for (;;) {
    if (Clock::now() >= deadline) return;
    const timespec wait = ToTimespec(std::min(timeout, kLongest));
    pollfd ended{end.get(), POLLIN, 0};
    const int ready = ppoll(&ended, 1, &wait, nullptr);
    if (ready == 1) return;
    if (ready == -1 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "ppoll");
  }
}

// Of any process, child or not.
inline bool IsRunning(pid_t process) {
  const PidFd end(process);
  pollfd ended{end.get(), POLLIN, 0};
  return end.get() != -1 && poll(&ended, 1, 0) == 0;
}

}  // namespace lab
