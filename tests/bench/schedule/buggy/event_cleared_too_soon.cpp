// find: lost-wake-up|deadlock. An event is set and cleared at once: who wakes up finds it cleared, and sleeps again.
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex mutex;
std::condition_variable changed;
bool set = false;
bool waiting = false;

int main() {
  std::thread waiter([] {
    std::unique_lock lock(mutex);
    waiting = true;
    changed.notify_all();
    while (!set) changed.wait(lock);
  });
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [] { return waiting; });
    set = true;
    changed.notify_all();
  }
  {
    std::lock_guard lock(mutex);
    set = false;
  }
  waiter.join();
}
