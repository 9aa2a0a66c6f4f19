// find: mutex-misuse|race. Nobody looks whether try_lock_for has got the lock.
#include <chrono>
#include <mutex>
#include <thread>

std::timed_mutex mutex;
int value = 0;

void Add() {
  mutex.try_lock_for(std::chrono::milliseconds(1));
  ++value;
  mutex.unlock();
}

int main() {
  std::thread first(Add), second(Add);
  first.join();
  second.join();
}
