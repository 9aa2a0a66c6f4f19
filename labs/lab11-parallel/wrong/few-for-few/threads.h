#pragma once

#include <algorithm>
#include <atomic>

#include "counting.h"
#include "team.h"

namespace lab {

inline int CountByThreads(int workers, int limit) {
  const int useful = std::min(workers, limit);
  std::atomic<int> total{0};
  RunTeam(useful, [&](int worker) { total += CountShare(worker, useful, limit); });
  return total;
}

}  // namespace lab
