// find: nothing. Ownership goes through a queue: nobody uses what he has given away.
#include <condition_variable>
#include <memory>
#include <mutex>
#include <queue>
#include <thread>

int main() {
  std::mutex mutex;
  std::condition_variable filled;
  std::queue<std::unique_ptr<int>> queue;
  std::thread producer([&] {
    for (int i = 1; i <= 2; ++i) {
      auto item = std::make_unique<int>();
      *item = i;
      std::lock_guard lock(mutex);
      queue.push(std::move(item));
      filled.notify_one();
    }
  });
  int sum = 0;
  for (int i = 0; i < 2; ++i) {
    std::unique_lock lock(mutex);
    filled.wait(lock, [&] { return !queue.empty(); });
    const auto item = std::move(queue.front());
    queue.pop();
    lock.unlock();
    sum += *item;
  }
  producer.join();
  return sum == 3 ? 0 : 1;
}
