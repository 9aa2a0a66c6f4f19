// find: lost-wake-up|deadlock. Two sleep on an atomic, one is woken.
#include <atomic>
#include <thread>

std::atomic<bool> go{false};

int main() {
  std::thread first([] { go.wait(false); });
  std::thread second([] { go.wait(false); });
  go.store(true);
  go.notify_one();
  first.join();
  second.join();
}
