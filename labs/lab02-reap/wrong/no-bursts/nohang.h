// reap nohang N
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <thread>
#include <vector>

#include "basics.h"

namespace lab {

// At every second tick one child is told to end, and only when the one before it has been reaped.
inline int NoHang(int count) {
  std::vector<pid_t> children;
  for (int number = 0; number < count; ++number) {
    children.push_back(StartChild([] { return pause(); }));
  }
  auto next = std::chrono::steady_clock::now();
  for (int tick = 1; !children.empty(); ++tick) {
    PrintLine("tick");
    if (tick % 2 == 0) kill(children.back(), SIGTERM);
    next = std::max(next + std::chrono::milliseconds(10), std::chrono::steady_clock::now());
    std::this_thread::sleep_until(next);
    if (waitpid(children.back(), nullptr, WNOHANG) > 0) children.pop_back();
  }
  return 0;
}

}  // namespace lab
