// find: mutex-misuse. On one path the mutex is given back twice.
#include <mutex>
#include <thread>

std::mutex mutex;
int value = 0;

void Set(int to) {
  mutex.lock();
  if (value != to) {
    value = to;
    mutex.unlock();
  }
  mutex.unlock();
}

int main() {
  std::thread other(Set, 1);
  other.join();
}
