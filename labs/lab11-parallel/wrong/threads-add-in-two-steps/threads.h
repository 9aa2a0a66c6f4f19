#pragma once

#include <atomic>

#include "counting.h"
#include "team.h"

namespace lab {

inline int CountByThreads(int workers, int limit) {
  std::atomic<int> total{0};
  RunTeam(workers, [&](int worker) {
    const int mine = CountShare(worker, workers, limit);
    total = total + mine;
  });
  return total;
}

}  // namespace lab
