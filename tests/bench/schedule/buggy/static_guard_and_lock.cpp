// find: deadlock. The initialiser of a static takes a lock whose holder waits for the initialiser.
#include <mutex>
#include <thread>

std::recursive_mutex mutex;

int Make() {
  std::lock_guard lock(mutex);
  return 7;
}

int Value() {
  static const int value = Make();
  return value;
}

int main() {
  std::thread other([] { Value(); });
  {
    std::lock_guard lock(mutex);
    Value();
  }
  other.join();
}
