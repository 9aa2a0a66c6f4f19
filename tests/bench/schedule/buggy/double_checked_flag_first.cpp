// find: race|wrong-result. The flag of double-checked locking is set before the data is made.
#include <atomic>
#include <mutex>
#include <thread>

std::atomic<bool> made{false};
int value = 0;
std::mutex mutex;

int Get() {
  if (!made.load(std::memory_order_acquire)) {
    std::lock_guard lock(mutex);
    if (!made.load(std::memory_order_relaxed)) {
      made.store(true, std::memory_order_release);
      value = 7;
    }
  }
  return value;
}

int main() {
  int seen = 0;
  std::thread other([&] { seen = Get(); });
  const int mine = Get();
  other.join();
  return mine == 7 && seen == 7 ? 0 : 1;
}
