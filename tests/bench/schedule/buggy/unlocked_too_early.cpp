// find: race. The lock is given back one line too early.
#include <mutex>
#include <thread>

std::mutex mutex;
int total = 0;
int transfers = 0;

void Transfer(int amount) {
  std::unique_lock lock(mutex);
  total += amount;
  lock.unlock();
  ++transfers;
}

int main() {
  std::thread first(Transfer, 3), second(Transfer, 4);
  first.join();
  second.join();
  return total == 7 ? 0 : 1;
}
