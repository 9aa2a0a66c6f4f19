// reap nohang N
#pragma once

#include <algorithm>
#include <chrono>
#include <thread>

#include "basics.h"
#include "family.h"
#include "gate.h"

namespace lab {

// Starts a few children at each tick instead of all before the first.
inline int NoHang(int count) {
  Gate start;
  Family family;
  int started = 0;
  auto next = std::chrono::steady_clock::now();
  do {
    for (int more = 0; more < 5 && started < count; ++more, ++started) {
      family.Add(StartChild([&] {
        start.LetGo();
        start.Wait();
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
        return 0;
      }));
    }
    if (family.empty()) return 0;
    PrintLine("tick");
    next = std::max(next + std::chrono::milliseconds(10), std::chrono::steady_clock::now());
    std::this_thread::sleep_until(next);
    if (started == count) {
      start.Open();
      family.ReapTheDead();
    }
  } while (!family.empty());
  return 0;
}

}  // namespace lab
