// find: nothing. A compare-and-swap loop; that it fails now and then is as it should be.
#include <atomic>
#include <thread>

std::atomic<int> value{1};

void Double() {
  int seen = value.load(std::memory_order_relaxed);
  while (!value.compare_exchange_weak(seen, seen * 2, std::memory_order_relaxed)) continue;
}

int main() {
  std::thread first(Double), second(Double);
  Double();
  first.join();
  second.join();
  return value == 8 ? 0 : 1;
}
