// Waiting for the end of a child, and what its status says.
#pragma once

#include <poll.h>
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

// Whether the other end of the pipe is closed before timeout has passed; sleeps until then.
inline bool ComesToItsEnd(int pipe, std::chrono::nanoseconds timeout) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + std::min<std::chrono::nanoseconds>(timeout, std::chrono::hours(24 * 365));
  for (;;) {
    const auto left = deadline - Clock::now();
    if (left <= left.zero()) return false;
    const timespec wait = ToTimespec(left);
    pollfd end{pipe, POLLIN, 0};
    const int ready = ppoll(&end, 1, &wait, nullptr);
    if (ready == 1) return true;
    if (ready == -1 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "ppoll");
  }
}

}  // namespace lab
