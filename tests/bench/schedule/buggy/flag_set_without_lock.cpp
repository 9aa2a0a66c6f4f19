// find: lost-wake-up|deadlock. The flag is atomic, so it is set without the lock: between the look and the sleep.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex mutex;
std::condition_variable changed;
std::atomic<bool> ready{false};

int main() {
  std::thread waiter([] {
    std::unique_lock lock(mutex);
    while (!ready.load()) changed.wait(lock);
  });
  ready.store(true);
  changed.notify_one();
  waiter.join();
}
