#pragma once

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "counting.h"
#include "team.h"

namespace lab {

inline int CountByThreads(int workers, int limit) {
  volatile int total = 0;
  RunTeam(workers, [&](int worker) {
    ForEachOfShare(worker, workers, limit, [&](int number) {
      const int before = total;
      total = before + (IsPrime(number) ? 1 : 0);
    });
  });
  return total;
}

}  // namespace lab
