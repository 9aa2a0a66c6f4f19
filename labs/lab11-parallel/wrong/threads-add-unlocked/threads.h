#pragma once

#include "counting.h"
#include "team.h"

namespace lab {

inline int CountByThreads(int workers, int limit) {
  int total = 0;
  RunTeam(workers, [&](int worker) { total += CountShare(worker, workers, limit); });
  return total;
}

}  // namespace lab
