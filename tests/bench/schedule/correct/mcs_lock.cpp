// find: nothing. A queue lock: each waiter spins on a flag of its own.
#include <atomic>
#include <thread>

struct Waiter {
  std::atomic<Waiter*> next{nullptr};
  std::atomic<bool> waits{true};
};
std::atomic<Waiter*> last{nullptr};
int counter = 0;

void Add() {
  Waiter me;
  if (Waiter* const before = last.exchange(&me, std::memory_order_acq_rel)) {
    before->next.store(&me, std::memory_order_release);
    while (me.waits.load(std::memory_order_acquire)) std::this_thread::yield();
  }
  ++counter;
  Waiter* expected = &me;
  if (last.compare_exchange_strong(expected, nullptr, std::memory_order_acq_rel)) return;
  Waiter* next = nullptr;
  while ((next = me.next.load(std::memory_order_acquire)) == nullptr) std::this_thread::yield();
  next->waits.store(false, std::memory_order_release);
}

int main() {
  std::thread first(Add), second(Add);
  Add();
  first.join();
  second.join();
  return counter == 3 ? 0 : 1;
}
