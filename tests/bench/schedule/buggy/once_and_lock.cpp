// find: deadlock. call_once's function takes a lock that another caller of call_once holds.
#include <mutex>
#include <thread>

std::mutex mutex;
std::once_flag once;
int value = 0;

int main() {
  std::thread other([] {
    std::call_once(once, [] {
      std::lock_guard lock(mutex);
      value = 1;
    });
  });
  {
    std::lock_guard lock(mutex);
    std::call_once(once, [] { value = 2; });
  }
  other.join();
  return value == 0 ? 1 : 0;
}
