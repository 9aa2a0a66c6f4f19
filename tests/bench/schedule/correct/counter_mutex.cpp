// find: nothing. A counter under a mutex.
#include <cstdio>
#include <mutex>
#include <thread>

std::mutex mutex;
int counter = 0;

void Add() {
  for (int i = 0; i < 3; ++i) {
    std::lock_guard lock(mutex);
    ++counter;
  }
}

int main() {
  std::thread first(Add), second(Add);
  first.join();
  second.join();
  if (counter != 6) {
    std::printf("wrong: %d\n", counter);
    return 1;
  }
}
