// find: nothing (weak memory only). The flag can be seen before the value, since both are relaxed; in no interleaving
// is it.
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> value{0}, flag{0};

int main() {
  std::thread writer([] {
    value.store(1, std::memory_order_relaxed);
    flag.store(1, std::memory_order_relaxed);
  });
  const int seen_flag = flag.load(std::memory_order_relaxed);
  const int seen_value = value.load(std::memory_order_relaxed);
  writer.join();
  if (seen_flag == 1 && seen_value == 0) {
    std::puts("wrong: the flag came first");
    return 1;
  }
}
