// Waiting for the end of a child, and what its status says.
#pragma once

#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
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

// Of our own children exact; of others a zombie counts as running.
inline bool IsRunning(pid_t process) { return kill(process, 0) == 0; }

inline bool IsZombie(pid_t child) {
  siginfo_t info = {};
  return waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT) == -1 || info.si_pid == child;
}

// SIGCHLD, blocked meanwhile, stays pending if the child ends just before we sleep.
inline void SleepUntilEnded(pid_t child, std::chrono::nanoseconds timeout) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + std::min<std::chrono::nanoseconds>(timeout, std::chrono::hours(24 * 365));
  sigset_t child_signal, before;
  sigemptyset(&child_signal);
  sigaddset(&child_signal, SIGCHLD);
  sigprocmask(SIG_BLOCK, &child_signal, &before);
  if (!IsZombie(child)) {
    const auto left = deadline - Clock::now();
    const timespec wait = ToTimespec(std::max(left, left.zero()));
    sigtimedwait(&child_signal, nullptr, &wait);
  }
  sigprocmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace lab
