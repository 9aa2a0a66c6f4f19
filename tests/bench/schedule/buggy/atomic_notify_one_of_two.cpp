// find: lost-wake-up|deadlock. Two sleep on an atomic, one is woken.
#include <atomic>
#include <thread>

std::atomic<int> go{0};

int main() {
  std::thread first([] { go.wait(0); });
  std::thread second([] { go.wait(0); });
  go.store(1);
  go.notify_one();
  first.join();
  second.join();
}
