// find: nothing. A spin lock on atomic_flag: acquire to get it, release to give it back.
#include <atomic>
#include <thread>

std::atomic_flag locked;
int counter = 0;

void Add() {
  while (locked.test_and_set(std::memory_order_acquire)) {
    while (locked.test(std::memory_order_relaxed)) continue;
  }
  ++counter;
  locked.clear(std::memory_order_release);
}

int main() {
  std::thread first(Add), second(Add);
  Add();
  first.join();
  second.join();
  return counter == 3 ? 0 : 1;
}
