// find: nothing. Twenty seconds are enough to get a lock that is held for a moment.
#include <chrono>
#include <mutex>
#include <thread>

std::timed_mutex mutex;
int value = 0;

int main() {
  std::thread other([] {
    std::lock_guard lock(mutex);
    std::this_thread::yield();
    ++value;
  });
  bool got = mutex.try_lock_until(std::chrono::steady_clock::now() + std::chrono::seconds(20));
  if (got) {
    ++value;
    mutex.unlock();
  }
  other.join();
  return value == (got ? 2 : 1) ? 0 : 1;
}
