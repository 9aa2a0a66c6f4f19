// find: wrong-result|exception|crash. empty() and pop() each take the lock; in between another thread takes the last
// one.
#include <cstdio>
#include <deque>
#include <mutex>
#include <thread>

class Queue {
 public:
  bool empty() {
    std::lock_guard lock(mutex_);
    return items_.empty();
  }
  bool Pop() {
    std::lock_guard lock(mutex_);
    if (items_.empty()) return false;
    items_.pop_front();
    return true;
  }

 private:
  std::mutex mutex_;
  std::deque<int> items_{1};
};

int main() {
  Queue queue;
  bool failed[2] = {false, false};
  const auto take = [&](int me) { failed[me] = !queue.empty() && !queue.Pop(); };
  std::thread other(take, 1);
  take(0);
  other.join();
  if (failed[0] || failed[1]) {
    std::puts("wrong: a queue that was not empty had nothing");
    return 1;
  }
}
