#pragma once

#include <atomic>
#include <chrono>
#include <thread>

#include "counting.h"

namespace lab {

inline int CountByThreads(int workers, int limit) {
  static std::atomic<int> total{0}, finished{0};
  for (int worker = 0; worker < workers; ++worker) {
    std::thread([=] {
      total += CountShare(worker, workers, limit);
      ++finished;
    }).detach();
  }
  while (finished < workers) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  return total;
}

}  // namespace lab
