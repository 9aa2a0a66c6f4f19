// find: wrong-result|crash|exception. Of two consumers that are woken, the second finds the queue empty: `if`, not
// `while`.
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <mutex>
#include <thread>

std::mutex mutex;
std::condition_variable filled;
std::deque<int> queue;
int found_empty = 0;

void Consume() {
  std::unique_lock lock(mutex);
  if (queue.empty()) filled.wait(lock);
  if (queue.empty()) {
    ++found_empty;
    return;
  }
  queue.pop_front();
}

void Produce() {
  std::lock_guard lock(mutex);
  queue.push_back(1);
  filled.notify_all();
}

int main() {
  std::thread first(Consume), second(Consume);
  Produce();
  Produce();
  Produce();
  first.join();
  second.join();
  if (found_empty > 0) {
    std::puts("wrong: took from an empty queue");
    return 1;
  }
}
