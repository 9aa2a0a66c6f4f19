// fork exitcode N, fork exitcode signal NAME
#pragma once

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "basics.h"

namespace lab {

// The number of `KILL` or `SIGKILL`, if there is such a signal.
inline std::optional<int> SignalNumber(std::string_view name) {
  if (name.starts_with("SIG")) name.remove_prefix(3);
  for (int number = 1; number < SIGRTMIN; ++number) {
    const char* abbreviation = sigabbrev_np(number);
    if (abbreviation != nullptr && name == abbreviation) return number;
  }
  if (name == "IOT") return SIGIOT;
  if (name == "IO") return SIGIO;
  for (int number = SIGRTMIN; number <= SIGRTMAX; ++number) {
    const int above = number - SIGRTMIN;
    const int below = SIGRTMAX - number;
    if (name == (above == 0 ? "RTMIN" : "RTMIN+" + std::to_string(above))) return number;
    if (name == (below == 0 ? "RTMAX" : "RTMAX-" + std::to_string(below))) return number;
  }
  return std::nullopt;
}

// signal(7), column "Action": all others terminate, some with a core dump.
inline bool KillsByDefault(int signal) {
  constexpr int kHarmless[] = {SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGWINCH};
  return std::ranges::find(kHarmless, signal) == std::end(kHarmless);
}

// Dies of signal, even if whoever started us had it ignored or blocked, and leaves no core file behind.
inline int DieOf(int signal) {
  const rlimit no_core{0, 0};
  if (setrlimit(RLIMIT_CORE, &no_core) == -1) Fail("setrlimit");
  if (signal != SIGKILL && std::signal(signal, SIG_DFL) == SIG_ERR) Fail("signal");
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  if (sigprocmask(SIG_UNBLOCK, &set, nullptr) == -1) Fail("sigprocmask");
  if (kill(getpid(), signal) == -1) Fail("kill");
  return 1;  // not reached
}

inline void PrintAtExit() noexcept {
  Guarded([] {
    PrintLine("atexit " + std::to_string(getpid()));
    return 0;
  });
}

inline int ExitCode(int code) {
  if (std::atexit(PrintAtExit) != 0) Fail("atexit");
  const int status = WaitFor(StartChild([code] { return code; }));
  if (!WIFEXITED(status)) return 1;
  PrintLine("exited " + std::to_string(static_cast<signed char>(status >> 8)));
  return 0;
}

inline int ExitCodeSignal(const std::string& name) {
  const std::optional<int> signal = SignalNumber(name);
  if (!signal || !KillsByDefault(*signal)) throw UsageError{};
  if (std::atexit(PrintAtExit) != 0) Fail("atexit");
  const int status = WaitFor(StartChild([&] { return DieOf(*signal); }));
  if (!WIFSIGNALED(status) || WTERMSIG(status) != *signal) return 1;
  PrintLine("killed " + name);
  return 0;
}

}  // namespace lab
