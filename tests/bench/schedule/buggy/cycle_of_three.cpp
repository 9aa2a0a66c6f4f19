// find: deadlock. Three threads, three locks, a cycle only if all three are half-way.
#include <mutex>
#include <thread>
#include <vector>

std::mutex locks[3];

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([i] {
      std::lock_guard first(locks[i]);
      std::lock_guard second(locks[(i + 1) % 3]);
    });
  }
  for (auto& thread : threads) thread.join();
}
