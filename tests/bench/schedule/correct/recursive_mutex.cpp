// find: nothing. A recursive mutex may be locked again by its owner.
#include <mutex>
#include <thread>

std::recursive_mutex mutex;
int size = 0;

int Size() {
  std::lock_guard lock(mutex);
  return size;
}

void Grow() {
  std::lock_guard lock(mutex);
  size = Size() + 1;
}

int main() {
  std::thread first(Grow), second(Grow);
  first.join();
  second.join();
  return Size() == 2 ? 0 : 1;
}
