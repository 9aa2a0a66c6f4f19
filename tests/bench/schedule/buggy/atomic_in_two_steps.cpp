// find: wrong-result. Every access is atomic, the increment is not.
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> counter{0};

void Add() { counter.store(counter.load() + 1); }

int main() {
  std::thread first(Add), second(Add);
  first.join();
  second.join();
  if (counter != 2) {
    std::printf("wrong: %d\n", counter.load());
    return 1;
  }
}
