// find: nothing. A reader that gives up after a time, and a writer.
#include <chrono>
#include <mutex>
#include <shared_mutex>
#include <thread>

std::shared_timed_mutex mutex;
int left = 0, right = 0;

int main() {
  std::thread writer([] {
    std::unique_lock lock(mutex);
    ++left;
    ++right;
  });
  bool same = true;
  if (mutex.try_lock_shared_for(std::chrono::milliseconds(10))) {
    same = left == right;
    mutex.unlock_shared();
  }
  writer.join();
  return same ? 0 : 1;
}
