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
    ForEachOfShare(worker, workers, limit, [&](int number) {
      const std::lock_guard lock(mutex);
      if (IsPrime(number)) ++total;
    });
  });
  return total;
}

}  // namespace lab
