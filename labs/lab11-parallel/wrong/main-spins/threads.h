#pragma once

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "counting.h"
#include "team.h"

namespace lab {

inline int CountByThreads(int workers, int limit) {
  std::atomic<int> total{0}, left{workers};
  std::vector<std::jthread> team;
  for (int worker = 0; worker < workers; ++worker) {
    team.emplace_back([&, worker] {
      total += CountShare(worker, workers, limit);
      --left;
    });
  }
  while (left > 0) continue;
  return total;
}

}  // namespace lab
