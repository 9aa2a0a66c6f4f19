// find: nothing. A ticket lock: first come, first served.
#include <atomic>
#include <thread>

std::atomic<unsigned> next_ticket{0}, now_serving{0};
int counter = 0;

void Add() {
  const unsigned mine = next_ticket.fetch_add(1, std::memory_order_relaxed);
  while (now_serving.load(std::memory_order_acquire) != mine) std::this_thread::yield();
  ++counter;
  now_serving.store(mine + 1, std::memory_order_release);
}

int main() {
  std::thread first(Add), second(Add);
  Add();
  first.join();
  second.join();
  return counter == 3 ? 0 : 1;
}
