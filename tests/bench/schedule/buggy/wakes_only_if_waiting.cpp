// find: lost-wake-up|deadlock. "Nobody waits, so I need not notify": the waiter announces itself after its look.
#include <atomic>
#include <semaphore>
#include <thread>

std::atomic<int> items{0};
std::atomic<bool> waiting{false};
std::counting_semaphore<2> wake(0);

int main() {
  std::thread consumer([] {
    if (items.load() == 0) {
      waiting.store(true);
      wake.acquire();
    }
  });
  items.store(1);
  if (waiting.load()) wake.release();
  consumer.join();
}
