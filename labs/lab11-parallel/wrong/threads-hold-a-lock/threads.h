#pragma once

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "counting.h"
#include "team.h"

namespace lab {

inline int CountByThreads(int workers, int limit) {
  std::mutex mutex;
  int total = 0;
  RunTeam(workers, [&](int worker) {
    const std::lock_guard lock(mutex);
    total += CountShare(worker, workers, limit);
  });
  return total;
}

}  // namespace lab
