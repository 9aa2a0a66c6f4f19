// reap nohang N: SIGCHLD is never delivered but taken, with the next tick as the time-out; a dead child is reaped at
// once.
#pragma once

#include <sys/wait.h>
#include <time.h>

#include <algorithm>
#include <csignal>

#include "basics.h"
#include "family.h"
#include "gate.h"

namespace lab {

inline long Nanoseconds() {
  timespec now;
  if (clock_gettime(CLOCK_MONOTONIC, &now) == -1) Fail("clock_gettime");
  return now.tv_sec * 1'000'000'000L + now.tv_nsec;
}

inline int NoHang(int count) {
  constexpr long kTick = 10'000'000;
  sigset_t child_signal;
  sigemptyset(&child_signal);
  sigaddset(&child_signal, SIGCHLD);
  if (sigprocmask(SIG_BLOCK, &child_signal, nullptr) == -1) Fail("sigprocmask");

  Gate first, second;
  Family family;
  for (int number = 0; number < count; ++number) {
    family.Add(StartChild([&, number] {
      first.LetGo();
      second.LetGo();
      (number < count / 2 ? first : second).Wait();
      return 0;
    }));
  }
  long due = Nanoseconds();
  for (int ticks = 0; !family.empty();) {
    const long left = due - Nanoseconds();
    if (left <= 0) {
      PrintLine("tick");
      due = std::max(due + kTick, Nanoseconds());
      if (++ticks == 5) first.Open();
      if (ticks == 11) second.Open();
      continue;
    }
    const timespec timeout{0, left};
    if (sigtimedwait(&child_signal, nullptr, &timeout) == SIGCHLD) family.ReapTheDead();
  }
  return 0;
}

}  // namespace lab
