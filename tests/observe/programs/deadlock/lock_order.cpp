// Two threads take two mutexes in opposite order, and meet between.
#include <barrier>
#include <mutex>
#include <thread>

std::mutex a, b;
std::barrier both_hold_one(2);

int main() {
  std::thread first([] {
    std::lock_guard one(a);
    both_hold_one.arrive_and_wait();
    b.lock();  // stuck
  });
  std::thread second([] {
    std::lock_guard one(b);
    both_hold_one.arrive_and_wait();
    a.lock();  // stuck
  });
  first.join();  // main
  second.join();
}
