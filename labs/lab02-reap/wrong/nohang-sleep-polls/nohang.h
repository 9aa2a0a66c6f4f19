// reap nohang N
#pragma once

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>

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
  auto next = std::chrono::steady_clock::now();
  for (int tick = 1; !family.empty(); ++tick) {
    PrintLine("tick");
    const int burst = tick / kTicksPerBurst - 1;
    if (tick % kTicksPerBurst == 0 && burst < kBursts) bursts[static_cast<std::size_t>(burst)].Open();
    next = std::max(next + kTick, std::chrono::steady_clock::now());  // a tick that was missed is not made up for
    while (std::chrono::steady_clock::now() < next) usleep(100);
    family.ReapTheDead();
  }
  return 0;
}

}  // namespace lab
