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

// A timer that interrupts what sleeps: after the time, and then every millisecond, lest the first time comes just
// before the sleep.
class Alarm {
 public:
  explicit Alarm(std::chrono::nanoseconds time) {
    struct sigaction action = {};
    action.sa_handler = [](int) {};
    sigaction(SIGRTMAX, &action, &before_);
    sigevent event = {};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGRTMAX;
    if (timer_create(CLOCK_MONOTONIC, &event, &timer_) == -1) {
      throw std::system_error(errno, std::generic_category(), "timer_create");
    }
    const itimerspec setting{{0, 1'000'000}, ToTimespec(time)};
    timer_settime(timer_, 0, &setting, nullptr);
  }
  ~Alarm() {
    timer_delete(timer_);
    sigaction(SIGRTMAX, &before_, nullptr);
  }
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

 private:
  timer_t timer_ = {};
  struct sigaction before_ = {};
};

inline void SleepUntilEnded(pid_t child, std::chrono::nanoseconds timeout) {
  using Clock = std::chrono::steady_clock;
  timeout = std::min<std::chrono::nanoseconds>(timeout, std::chrono::hours(24 * 365));
  const auto deadline = Clock::now() + timeout;
  const Alarm alarm(timeout);
  siginfo_t info = {};
  while (waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT) == -1 && errno == EINTR) {
    if (Clock::now() >= deadline) return;
  }
}

}  // namespace lab
