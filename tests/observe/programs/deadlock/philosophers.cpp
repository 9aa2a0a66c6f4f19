// Five philosophers each hold their left fork.
#include <barrier>
#include <mutex>
#include <thread>
#include <vector>

std::mutex forks[5];
std::barrier all_hold_left(5);

int main() {
  std::vector<std::jthread> philosophers;
  for (int i = 0; i < 5; ++i) {
    philosophers.emplace_back([i] {
      forks[i].lock();
      all_hold_left.arrive_and_wait();
      forks[(i + 1) % 5].lock();  // stuck
    });
  }
  philosophers.clear();  // main
}
