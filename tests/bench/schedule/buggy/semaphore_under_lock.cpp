// find: deadlock. Waits for an item while holding the lock that the producer needs.
#include <mutex>
#include <queue>
#include <semaphore>
#include <thread>

std::mutex mutex;
std::queue<int> items;
std::counting_semaphore<8> filled(0);

int main() {
  std::thread consumer([] {
    std::lock_guard lock(mutex);
    filled.acquire();
    items.pop();
  });
  {
    std::lock_guard lock(mutex);
    items.push(1);
  }
  filled.release();
  {
    std::lock_guard lock(mutex);
    items.push(2);
  }
  filled.release();
  consumer.join();
}
