// find: nothing. Double-checked locking with release and acquire.
#include <atomic>
#include <mutex>
#include <thread>

struct Config {
  int value = 7;
};
std::atomic<Config*> instance{nullptr};
std::mutex mutex;

Config& Get() {
  Config* found = instance.load(std::memory_order_acquire);
  if (found == nullptr) {
    std::lock_guard lock(mutex);
    found = instance.load(std::memory_order_relaxed);
    if (found == nullptr) {
      found = new Config();
      instance.store(found, std::memory_order_release);
    }
  }
  return *found;
}

int main() {
  int seen = 0;
  std::thread other([&] { seen = Get().value; });
  const int mine = Get().value;
  other.join();
  delete instance.load();
  return seen == 7 && mine == 7 ? 0 : 1;
}
