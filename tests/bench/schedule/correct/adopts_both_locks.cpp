// find: nothing. Generic code that swaps two accounts under both locks, with adopt_lock.
#include <mutex>
#include <thread>
#include <utility>

struct Box {
  std::mutex mutex;
  int value;
};
Box left{{}, 1}, right{{}, 2};

void Swap(Box& a, Box& b) {
  std::lock(a.mutex, b.mutex);
  std::lock_guard one(a.mutex, std::adopt_lock);
  std::lock_guard two(b.mutex, std::adopt_lock);
  std::swap(a.value, b.value);
}

int main() {
  std::thread other([] { Swap(left, right); });
  Swap(right, left);
  other.join();
  return left.value == 1 && right.value == 2 ? 0 : 1;
}
