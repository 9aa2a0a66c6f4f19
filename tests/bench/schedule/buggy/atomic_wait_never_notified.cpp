// find: lost-wake-up|deadlock. The value changes, but nobody tells the sleeper.
#include <atomic>
#include <thread>

std::atomic<int> state{0};

int main() {
  std::thread waiter([] { state.wait(0); });
  state.store(1);
  waiter.join();
}
