// find: race. Double-checked locking on a plain pointer: the first look takes no lock.
#include <mutex>
#include <thread>

struct Config {
  int value = 7;
};
Config* instance = nullptr;
std::mutex mutex;

Config& Get() {
  if (instance == nullptr) {
    std::lock_guard lock(mutex);
    if (instance == nullptr) instance = new Config();
  }
  return *instance;
}

int main() {
  std::thread other([] { Get(); });
  const int value = Get().value;
  other.join();
  delete instance;
  return value == 7 ? 0 : 1;
}
