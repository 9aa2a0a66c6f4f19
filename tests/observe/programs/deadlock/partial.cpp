// Two threads are stuck for ever, the third goes on computing.
#include <atomic>
#include <barrier>
#include <mutex>
#include <thread>

std::mutex a, b;
std::barrier both_hold_one(2);
std::atomic<long> steps = 0;

int main() {
  std::thread first([] {
    a.lock();
    both_hold_one.arrive_and_wait();
    b.lock();  // stuck
  });
  std::thread second([] {
    b.lock();
    both_hold_one.arrive_and_wait();
    a.lock();  // stuck
  });
  for (;;) ++steps;
}
