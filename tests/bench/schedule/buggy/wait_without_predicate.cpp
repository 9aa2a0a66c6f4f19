// find: lost-wake-up|deadlock|wrong-result. Waits for an announcement that may already have been made.
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex mutex;
std::condition_variable changed;

int main() {
  std::thread waiter([] {
    std::unique_lock lock(mutex);
    changed.wait(lock);
  });
  {
    std::lock_guard lock(mutex);
    changed.notify_one();
  }
  waiter.join();
}
