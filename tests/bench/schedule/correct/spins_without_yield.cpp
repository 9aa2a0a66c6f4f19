// find: nothing. Spins on an atomic, and neither yields nor sleeps.
#include <atomic>
#include <thread>

std::atomic<bool> go{false};
int data = 0;

int main() {
  std::thread other([] {
    data = 3;
    go.store(true, std::memory_order_release);
  });
  while (!go.load(std::memory_order_acquire)) continue;
  const int seen = data;
  other.join();
  return seen == 3 ? 0 : 1;
}
