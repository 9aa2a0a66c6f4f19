// reap nohang N
#pragma once

#include <sys/wait.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <thread>

#include "basics.h"
#include "family.h"
#include "gate.h"

namespace lab {

inline constexpr int kBursts = 4;
inline constexpr int kTicksPerBurst = 4;
inline constexpr auto kTick = std::chrono::milliseconds(10);

// The children of a burst wait at one gate, which is opened at a tick: all of them end at that moment, and the few
// SIGCHLD they leave tell nothing of their number. Ticks go by the clock, so that the work between them does not add
// up.
inline int NoHang(int count) {
  std::array<Gate, kBursts> bursts;
  Family family;
  for (int number = 0; number < count; ++number) {
    family.Add(StartChild([&] {
      for (Gate& gate : bursts) gate.LetGo();
      bursts[static_cast<std::size_t>(number % kBursts)].Wait();
      return 0;
    }));
  }
  sigset_t child_signal;
  sigemptyset(&child_signal);
  sigaddset(&child_signal, SIGCHLD);
  if (sigprocmask(SIG_BLOCK, &child_signal, nullptr) == -1) Fail("sigprocmask");
  const timespec no_time{0, 0};
  auto next = std::chrono::steady_clock::now();
  for (int tick = 1; !family.empty(); ++tick) {
    PrintLine("tick");
    const int burst = tick / kTicksPerBurst - 1;
    if (tick % kTicksPerBurst == 0 && burst < kBursts) bursts[static_cast<std::size_t>(burst)].Open();
    next = std::max(next + kTick, std::chrono::steady_clock::now());  // a tick that was missed is not made up for
    std::this_thread::sleep_until(next);
    sigset_t pending;
    if (sigpending(&pending) == -1) Fail("sigpending");
    if (sigismember(&pending, SIGCHLD) == 1 && sigtimedwait(&child_signal, nullptr, &no_time) == SIGCHLD) {
      const pid_t ended = waitpid(-1, nullptr, WNOHANG);  // one signal, one child?
      if (ended > 0) family.Remove(ended);
    }
  }
  return 0;
}

}  // namespace lab
