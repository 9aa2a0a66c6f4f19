// find: deadlock. Joins a thread while holding the lock that this thread may still need.
#include <mutex>
#include <thread>

std::mutex mutex;
int value = 0;

int main() {
  std::thread worker([] {
    std::lock_guard lock(mutex);
    ++value;
  });
  std::lock_guard lock(mutex);
  worker.join();
  return value == 1 ? 0 : 1;
}
