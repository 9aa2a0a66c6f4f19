// find: nothing (weak memory only). Both may read 0 on a machine with store buffers; in no interleaving do they.
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> x{0}, y{0};

int main() {
  int first_saw = 0, second_saw = 0;
  std::thread first([&] {
    x.store(1, std::memory_order_relaxed);
    first_saw = y.load(std::memory_order_relaxed);
  });
  std::thread second([&] {
    y.store(1, std::memory_order_relaxed);
    second_saw = x.load(std::memory_order_relaxed);
  });
  first.join();
  second.join();
  if (first_saw == 0 && second_saw == 0) {
    std::puts("wrong: neither saw the other");
    return 1;
  }
}
