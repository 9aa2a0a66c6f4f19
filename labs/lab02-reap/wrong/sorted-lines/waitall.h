// reap waitall N
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <numeric>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "basics.h"

namespace lab {

// Collects all first, and prints them sorted by pid.
inline int WaitAll(int count) {
  std::vector<int> turns(static_cast<std::size_t>(count));
  std::iota(turns.begin(), turns.end(), 1);
  std::shuffle(turns.begin(), turns.end(), std::mt19937(std::random_device{}()));
  const auto step = std::chrono::microseconds(count < 50 ? 20'000 : 2'000);
  std::vector<pid_t> children;
  for (int code = 1; code <= count; ++code) {
    children.push_back(StartChild([&] {
      std::this_thread::sleep_for(turns[static_cast<std::size_t>(code - 1)] * step);
      return code;
    }));
  }
  std::vector<std::pair<pid_t, int>> ended;
  for (int number = 0; number < count; ++number) {
    int status = 0;
    const pid_t child = waitpid(-1, &status, 0);
    if (child == -1) Fail("waitpid");
    ended.emplace_back(child, WEXITSTATUS(status));
  }
  std::ranges::sort(ended);
  for (const auto& [child, code] : ended) PrintLine(std::to_string(child) + ' ' + std::to_string(code));
  return 0;
}

}  // namespace lab
