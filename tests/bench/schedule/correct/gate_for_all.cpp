// find: nothing. notify_all opens a gate for three.
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

int main() {
  std::mutex mutex;
  std::condition_variable opened;
  bool open = false;
  int passed = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      std::unique_lock lock(mutex);
      opened.wait(lock, [&] { return open; });
      ++passed;
    });
  }
  {
    std::lock_guard lock(mutex);
    open = true;
    opened.notify_all();
  }
  for (auto& thread : threads) thread.join();
  return passed == 3 ? 0 : 1;
}
