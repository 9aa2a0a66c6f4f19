#pragma once

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "counting.h"
#include "team.h"

namespace lab {

inline int CountByThreads(int workers, int limit) {
  int total = 0;
  for (int worker = 0; worker < workers; ++worker) {
    std::thread thread([&] { total += CountShare(worker, workers, limit); });
    thread.join();
  }
  return total;
}

}  // namespace lab
