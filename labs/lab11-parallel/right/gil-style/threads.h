#pragma once

#include <future>
#include <vector>

#include "counting.h"

namespace lab {

inline int CountByThreads(int workers, int limit) {
  std::vector<std::future<int>> counts;
  for (int me = 0; me < workers; ++me) counts.push_back(std::async(std::launch::async, CountShare, me, workers, limit));
  int total = 0;
  for (auto& count : counts) total += count.get();
  return total;
}

}  // namespace lab
