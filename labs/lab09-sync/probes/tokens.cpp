// What does it print?
#include <atomic>
#include <cstdio>
#include <semaphore>
#include <thread>
#include <vector>

int main() {
  std::counting_semaphore<> tokens(3);
  std::atomic<int> number = 0;
  std::vector<std::jthread> threads;
  for (int i = 1; i <= 5; ++i) {
    threads.emplace_back([&, i] {
      tokens.acquire();
      number += i;
      tokens.release();
      tokens.release();
    });
  }
  threads.clear();
  while (tokens.try_acquire()) number += 100;
  std::printf("%d\n", number.load());
}
