// find: deadlock|mutex-misuse. A function that holds a lock calls another one that takes it.
#include <mutex>
#include <thread>

std::mutex mutex;
int size = 0;

int Size() {
  std::lock_guard lock(mutex);
  return size;
}

void Grow(int most) {
  std::lock_guard lock(mutex);
  if (Size() < most) ++size;
}

int main() {
  std::thread other(Grow, 3);
  other.join();
}
