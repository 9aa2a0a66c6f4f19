#pragma once

#include <atomic>

#include "counting.h"
#include "team.h"

namespace lab {

// Whoever is free fetches the next few numbers.
inline int CountByThreads(int workers, int limit) {
  std::atomic<int> next{0}, total{0};
  RunTeam(workers, [&](int) {
    constexpr int kFew = 64;
    int count = 0;
    for (int first = next.fetch_add(kFew); first <= limit; first = next.fetch_add(kFew)) {
      for (int n = first; n < first + kFew && n <= limit; ++n) count += IsPrime(n) ? 1 : 0;
    }
    total.fetch_add(count, std::memory_order_relaxed);
  });
  return total;
}

}  // namespace lab
