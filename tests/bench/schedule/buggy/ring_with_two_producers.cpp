// find: wrong-result. A ring for one producer and one consumer, used by two producers.
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> ring[4];
std::atomic<unsigned> tail{0};

void Put(int value) {
  const unsigned at = tail.load(std::memory_order_relaxed);
  ring[at % 4].store(value, std::memory_order_relaxed);
  tail.store(at + 1, std::memory_order_release);
}

int main() {
  std::thread first(Put, 1), second(Put, 2);
  first.join();
  second.join();
  if (tail != 2) {
    std::puts("wrong: an item is lost");
    return 1;
  }
}
