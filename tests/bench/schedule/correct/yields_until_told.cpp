// find: nothing. Waits by yielding until an atomic changes.
#include <atomic>
#include <thread>

std::atomic<int> step{0};

int main() {
  std::thread other([] {
    while (step.load() != 1) std::this_thread::yield();
    step.store(2);
  });
  step.store(1);
  while (step.load() != 2) std::this_thread::yield();
  other.join();
}
