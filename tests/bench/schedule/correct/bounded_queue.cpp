// find: nothing. One slot, two conditions, two producers, one consumer.
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

std::mutex mutex;
std::condition_variable filled, emptied;
int slot = 0;

void Put(int item) {
  std::unique_lock lock(mutex);
  emptied.wait(lock, [] { return slot == 0; });
  slot = item;
  filled.notify_one();
}

int Take() {
  std::unique_lock lock(mutex);
  filled.wait(lock, [] { return slot != 0; });
  emptied.notify_one();
  return std::exchange(slot, 0);
}

int main() {
  std::thread first(Put, 1), second(Put, 2);
  const int sum = Take() + Take();
  first.join();
  second.join();
  return sum == 3 ? 0 : 1;
}
