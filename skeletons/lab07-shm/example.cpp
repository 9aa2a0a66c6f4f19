// To play with, without the grader:
//   g++ -std=c++20 -g -Wall -Wextra -pthread -o example example.cpp shm.cpp && ./example
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <mutex>

#include "shm.hpp"

int main() {
  constexpr int kChildren = 4;
  constexpr int kRounds = 10'000;
  shm::Value<int> counter(0);
  shm::Semaphore done(0);
  for (int i = 0; i < kChildren; ++i) {
    if (fork() != 0) continue;
    for (int round = 0; round < kRounds; ++round) {
      const std::lock_guard guard(counter.get_lock());
      counter.value() += 1;
    }
    done.release();
    _exit(0);
  }
  for (int i = 0; i < kChildren; ++i) done.acquire();
  while (wait(nullptr) > 0) continue;
  std::printf("%d, and it should be %d\n", counter.value(), kChildren * kRounds);
}
