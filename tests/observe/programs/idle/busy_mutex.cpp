// Threads fight for two mutexes, in the right order.
#include <mutex>
#include <thread>
#include <vector>

std::mutex a, b;
long counter = 0;

int main() {
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([] {
      for (int k = 0; k < 20'000; ++k) {
        std::lock_guard one(a);
        std::lock_guard two(b);
        ++counter;
      }
    });
  }
}
