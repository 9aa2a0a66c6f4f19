// find: nothing. Double-checked locking with relaxed accesses and two fences.
#include <atomic>
#include <mutex>
#include <thread>

std::atomic<int*> instance{nullptr};
std::mutex mutex;

int Get() {
  int* found = instance.load(std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_acquire);
  if (found == nullptr) {
    std::lock_guard lock(mutex);
    found = instance.load(std::memory_order_relaxed);
    if (found == nullptr) {
      found = new int(7);
      std::atomic_thread_fence(std::memory_order_release);
      instance.store(found, std::memory_order_relaxed);
    }
  }
  return *found;
}

int main() {
  int seen = 0;
  std::thread other([&] { seen = Get(); });
  const int mine = Get();
  other.join();
  delete instance.load();
  return seen == 7 && mine == 7 ? 0 : 1;
}
