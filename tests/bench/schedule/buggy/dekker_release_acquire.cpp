// find: nothing (weak memory only). Dekker's entry needs sequential consistency: with release and acquire both may
// enter.
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<bool> wants[2];
std::atomic<int> inside{0}, most{0};

void TryToEnter(int me) {
  wants[me].store(true, std::memory_order_release);
  if (wants[1 - me].load(std::memory_order_acquire)) return;
  if (inside.fetch_add(1, std::memory_order_relaxed) == 1) most.store(2, std::memory_order_relaxed);
  inside.fetch_sub(1, std::memory_order_relaxed);
}

int main() {
  std::thread first(TryToEnter, 0), second(TryToEnter, 1);
  first.join();
  second.join();
  if (most == 2) {
    std::puts("wrong: both are inside");
    return 1;
  }
}
