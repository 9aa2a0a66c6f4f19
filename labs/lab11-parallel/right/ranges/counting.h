// Each worker has one range of the numbers. The last one's numbers are the biggest, so it has somewhat more to do.
#pragma once

namespace lab {

inline bool IsPrime(int number) {
  if (number < 2) return false;
  for (int divisor = 2; static_cast<long>(divisor) * divisor <= number; ++divisor) {
    if (number % divisor == 0) return false;
  }
  return true;
}

template <typename Test>
void ForEachOfShare(int worker, int workers, int limit, Test test) {
  const long numbers = limit + 1L;
  for (long n = numbers * worker / workers; n < numbers * (worker + 1) / workers; ++n) test(static_cast<int>(n));
}

inline int CountShare(int worker, int workers, int limit) {
  int count = 0;
  ForEachOfShare(worker, workers, limit, [&](int n) { count += IsPrime(n); });
  return count;
}

}  // namespace lab
