// find: nothing. At most two of three are inside at once.
#include <atomic>
#include <semaphore>
#include <thread>
#include <vector>

int main() {
  std::counting_semaphore<2> places(2);
  std::atomic<int> inside{0};
  std::atomic<bool> crowded{false};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      places.acquire();
      if (inside.fetch_add(1) >= 2) crowded = true;
      inside.fetch_sub(1);
      places.release();
    });
  }
  for (auto& thread : threads) thread.join();
  return crowded ? 1 : 0;
}
