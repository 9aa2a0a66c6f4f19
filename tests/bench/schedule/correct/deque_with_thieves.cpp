// find: nothing. Two workers with a queue each; who has nothing steals from the other, one lock at a time.
#include <atomic>
#include <deque>
#include <mutex>
#include <thread>

struct Queue {
  std::mutex mutex;
  std::deque<int> tasks;
  int Take() {
    std::lock_guard lock(mutex);
    if (tasks.empty()) return 0;
    const int task = tasks.front();
    tasks.pop_front();
    return task;
  }
};
Queue queues[2];
std::atomic<int> sum{0};

void Work(int me) {
  for (;;) {
    int task = queues[me].Take();
    if (task == 0) task = queues[1 - me].Take();
    if (task == 0) return;
    sum += task;
  }
}

int main() {
  queues[0].tasks = {1, 2, 3, 4};
  std::thread other(Work, 1);
  Work(0);
  other.join();
  return sum == 10 ? 0 : 1;
}
