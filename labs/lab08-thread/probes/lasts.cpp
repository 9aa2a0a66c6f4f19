// What does it print?
#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

int main() {
  std::atomic<int> number = 1;
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&number] {
      std::thread inner([&number] { number += 10; });
      number += 1;
      inner.join();
    });
  }
  for (auto& thread : threads) thread.join();
  std::printf("%d\n", number.load());
}
