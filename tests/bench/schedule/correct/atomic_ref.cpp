// find: nothing. A plain int, used through atomic_ref while there are several threads.
#include <atomic>
#include <thread>

int counter = 0;

void Add() {
  for (int i = 0; i < 3; ++i) std::atomic_ref(counter).fetch_add(1, std::memory_order_relaxed);
}

int main() {
  std::thread first(Add), second(Add);
  first.join();
  second.join();
  return counter == 6 ? 0 : 1;
}
