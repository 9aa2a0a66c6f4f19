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
  RunTeam(workers, [&](int) { total = CountShare(0, 1, limit); });
  return total;
}

}  // namespace lab
