// find: nothing. A relaxed counter is exact when all have been joined.
#include <atomic>
#include <thread>
#include <vector>

int main() {
  std::atomic<int> counter{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 3; ++k) counter.fetch_add(1, std::memory_order_relaxed);
    });
  }
  for (auto& thread : threads) thread.join();
  return counter.load(std::memory_order_relaxed) == 9 ? 0 : 1;
}
