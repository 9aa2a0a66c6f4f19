// find: nothing. A ticker that sleeps between its ticks (sleep under test: it is the pace, and orders nothing).
#include <atomic>
#include <chrono>
#include <thread>

using namespace std::chrono_literals;

int main() {
  std::atomic<int> ticks{0};
  std::atomic<bool> stop{false};
  std::thread ticker([&] {
    while (!stop.load()) {
      ++ticks;
      std::this_thread::sleep_for(1ms);
    }
  });
  std::this_thread::sleep_for(3ms);
  stop.store(true);
  ticker.join();
  return ticks >= 0 ? 0 : 1;
}
