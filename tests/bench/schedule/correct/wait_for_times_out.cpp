// find: nothing. Nobody will come: the wait ends by its time-out.
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

int main() {
  std::mutex mutex;
  std::condition_variable changed;
  bool never = false, timed_out = false;
  std::thread waiter([&] {
    std::unique_lock lock(mutex);
    timed_out = !changed.wait_for(lock, std::chrono::milliseconds(20), [&] { return never; });
  });
  {
    std::lock_guard lock(mutex);
    changed.notify_all();
  }
  waiter.join();
  return timed_out ? 0 : 1;
}
