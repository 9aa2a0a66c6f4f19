// find: wrong-result. A maximum by compare, then store: the smaller one can win.
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> largest{0};

void Offer(int value) {
  if (value > largest.load()) largest.store(value);
}

int main() {
  std::thread first(Offer, 5), second(Offer, 9);
  first.join();
  second.join();
  if (largest != 9) {
    std::printf("wrong: %d\n", largest.load());
    return 1;
  }
}
