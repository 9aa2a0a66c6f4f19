// find: nothing. The textbook's queue.
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

std::mutex mutex;
std::condition_variable filled;
std::deque<int> queue;

int Take() {
  std::unique_lock lock(mutex);
  filled.wait(lock, [] { return !queue.empty(); });
  const int item = queue.front();
  queue.pop_front();
  return item;
}

int main() {
  int sum = 0;
  std::thread consumer([&] {
    for (int i = 0; i < 3; ++i) sum += Take();
  });
  for (int i = 1; i <= 3; ++i) {
    {
      std::lock_guard lock(mutex);
      queue.push_back(i);
    }
    filled.notify_one();
  }
  consumer.join();
  return sum == 6 ? 0 : 1;
}
