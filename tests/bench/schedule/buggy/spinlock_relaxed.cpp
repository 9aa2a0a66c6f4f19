// find: race. A spin lock whose exchange is relaxed keeps others out, but orders nothing.
#include <atomic>
#include <thread>

std::atomic<bool> locked{false};
int counter = 0;

void Add() {
  while (locked.exchange(true, std::memory_order_relaxed)) std::this_thread::yield();
  ++counter;
  locked.store(false, std::memory_order_release);
}

int main() {
  std::thread first(Add), second(Add);
  first.join();
  second.join();
}
