// find: nothing. A lock with a time-out is tried again until it succeeds.
#include <chrono>
#include <mutex>
#include <thread>

std::timed_mutex mutex;
int value = 0;

void Add() {
  while (!mutex.try_lock_for(std::chrono::milliseconds(5))) continue;
  ++value;
  mutex.unlock();
}

int main() {
  std::thread first(Add), second(Add);
  Add();
  first.join();
  second.join();
  return value == 3 ? 0 : 1;
}
