// find: lost-wake-up|deadlock. Producers and consumers sleep on one condition, and notify_one wakes the wrong kind.
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

std::mutex mutex;
std::condition_variable changed;
int slots = 0;  // 0 or 1 is filled

void Put() {
  std::unique_lock lock(mutex);
  changed.wait(lock, [] { return slots == 0; });
  slots = 1;
  changed.notify_one();
}

void Take() {
  std::unique_lock lock(mutex);
  changed.wait(lock, [] { return slots == 1; });
  slots = 0;
  changed.notify_one();
}

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i)
    threads.emplace_back([] {
      Take();
      Take();
    });
  for (int i = 0; i < 2; ++i)
    threads.emplace_back([] {
      Put();
      Put();
    });
  for (auto& thread : threads) thread.join();
}
