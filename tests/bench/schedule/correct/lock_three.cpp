// find: nothing. std::lock on three mutexes in three orders.
#include <mutex>
#include <thread>
#include <vector>

std::mutex locks[3];
int total = 0;

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([i] {
      std::unique_lock a(locks[i], std::defer_lock), b(locks[(i + 1) % 3], std::defer_lock),
          c(locks[(i + 2) % 3], std::defer_lock);
      std::lock(a, b, c);
      ++total;
    });
  }
  for (auto& thread : threads) thread.join();
  return total == 3 ? 0 : 1;
}
