// To play with, without the grader:
//   g++ -std=c++20 -g -Wall -Wextra -pthread -o example example.cpp sync.cpp && ./example
#include <cstdio>
#include <thread>

#include "sync.hpp"

int main() {
  constexpr int kItems = 10'000;
  BoundedBuffer<int> numbers(3);
  Event done;
  long sum = 0;
  std::thread getter([&] {
    for (int i = 0; i < kItems; ++i) sum += numbers.get();
    done.set();
  });
  for (int i = 1; i <= kItems; ++i) numbers.put(i);
  done.wait();
  std::printf("%ld, and it should be %ld\n", sum, kItems * (kItems + 1L) / 2);
  getter.join();
}
