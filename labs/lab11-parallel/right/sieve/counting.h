// A segmented sieve of Eratosthenes: so fast that the greatest LIMIT takes a moment only.
#pragma once

#include <algorithm>
#include <vector>

namespace lab {

constexpr int kSegment = 1 << 16;

inline std::vector<int> SmallPrimes() {
  std::vector<int> primes;
  for (int n = 2; n <= 3163; ++n) {
    if (std::none_of(primes.begin(), primes.end(), [n](int prime) { return n % prime == 0; })) primes.push_back(n);
  }
  return primes;
}

inline int CountSegment(const std::vector<int>& primes, int first, int last) {
  std::vector<bool> composite(static_cast<std::size_t>(last - first + 1));
  for (const int prime : primes) {
    const long square = static_cast<long>(prime) * prime;
    if (square > last) break;
    for (long k = std::max<long>(square, (first + prime - 1L) / prime * prime); k <= last; k += prime) {
      composite[static_cast<std::size_t>(k - first)] = true;
    }
  }
  int count = 0;
  for (int n = std::max(first, 2); n <= last; ++n) count += !composite[static_cast<std::size_t>(n - first)];
  return count;
}

// Calls take(number of primes) for each segment of the worker's.
template <typename Take>
void ForEachSegment(int worker, int workers, int limit, Take take) {
  const auto primes = SmallPrimes();
  for (int first = worker * kSegment; first <= limit; first += workers * kSegment) {
    take(CountSegment(primes, first, std::min(limit, first + kSegment - 1)));
  }
}

inline int CountShare(int worker, int workers, int limit) {
  int total = 0;
  ForEachSegment(worker, workers, limit, [&](int count) { total += count; });
  return total;
}

}  // namespace lab
