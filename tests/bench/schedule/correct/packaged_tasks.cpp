// find: nothing. A worker runs packaged tasks from a queue; the results come by futures.
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

std::mutex mutex;
std::condition_variable changed;
std::deque<std::packaged_task<int()>> tasks;
bool closed = false;

void Work() {
  for (;;) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [] { return closed || !tasks.empty(); });
    if (tasks.empty()) return;
    auto task = std::move(tasks.front());
    tasks.pop_front();
    lock.unlock();
    task();
  }
}

int main() {
  std::thread worker(Work);
  std::packaged_task<int()> task([] { return 42; });
  auto result = task.get_future();
  {
    std::lock_guard lock(mutex);
    tasks.push_back(std::move(task));
  }
  changed.notify_one();
  const int value = result.get();
  {
    std::lock_guard lock(mutex);
    closed = true;
  }
  changed.notify_one();
  worker.join();
  return value == 42 ? 0 : 1;
}
