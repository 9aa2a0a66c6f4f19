// find: nothing. A ring for one producer and one consumer.
#include <array>
#include <atomic>
#include <thread>

std::array<int, 2> ring;
std::atomic<unsigned> head{0}, tail{0};

void Put(int item) {
  const unsigned at = tail.load(std::memory_order_relaxed);
  while (at - head.load(std::memory_order_acquire) == ring.size()) std::this_thread::yield();
  ring[at % ring.size()] = item;
  tail.store(at + 1, std::memory_order_release);
}

int Take() {
  const unsigned at = head.load(std::memory_order_relaxed);
  while (tail.load(std::memory_order_acquire) == at) std::this_thread::yield();
  const int item = ring[at % ring.size()];
  head.store(at + 1, std::memory_order_release);
  return item;
}

int main() {
  std::thread producer([] {
    for (int i = 1; i <= 4; ++i) Put(i);
  });
  bool in_order = true;
  for (int i = 1; i <= 4; ++i) in_order &= Take() == i;
  producer.join();
  return in_order ? 0 : 1;
}
