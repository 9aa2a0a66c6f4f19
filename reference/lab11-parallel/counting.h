// What is computed: whether a number is a prime, and how the numbers are dealt out.
#pragma once

namespace lab {

inline bool IsPrime(int number) {
  if (number < 4) return number >= 2;
  if (number % 2 == 0) return false;
  for (int divisor = 3; divisor <= number / divisor; divisor += 2) {
    if (number % divisor == 0) return false;
  }
  return true;
}

// The numbers 0 … limit are dealt out in blocks, in turn, as one deals cards: so everybody gets small and big ones,
// even and odd.
constexpr int kBlock = 100;

// Calls test(number) for each number of one of the workers.
template <typename Test>
void ForEachOfShare(int worker, int workers, int limit, Test test) {
  for (int first = worker * kBlock; first <= limit; first += workers * kBlock) {
    for (int number = first; number < first + kBlock && number <= limit; ++number) test(number);
  }
}

inline int CountShare(int worker, int workers, int limit) {
  int count = 0;
  ForEachOfShare(worker, workers, limit, [&](int number) { count += IsPrime(number) ? 1 : 0; });
  return count;
}

}  // namespace lab
