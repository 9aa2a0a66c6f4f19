#pragma once

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "counting.h"
#include "team.h"

namespace lab {

inline int CountByThreads(int workers, int limit) {
  std::atomic<int> total{0};
  std::vector<std::jthread> team;
  for (int worker = 1; worker < workers; ++worker) {
    team.emplace_back([&, worker] { total += CountShare(worker, workers, limit); });
  }
  total += CountShare(0, workers, limit);
  team.clear();
  return total;
}

}  // namespace lab
