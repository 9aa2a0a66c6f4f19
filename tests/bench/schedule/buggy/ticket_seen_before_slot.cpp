// find: wrong-result. A queue for many producers announces an item before it is in its slot.
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> slots[4];  // 0 is empty
std::atomic<unsigned> tail{0};

int main() {
  std::thread producer([] { slots[tail.fetch_add(1)].store(7); });
  int item = -1;
  if (tail.load() == 1) item = slots[0].load();
  producer.join();
  if (item == 0) {
    std::puts("wrong: took from an empty slot");
    return 1;
  }
}
