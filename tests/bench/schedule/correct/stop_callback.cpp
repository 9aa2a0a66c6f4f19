// find: nothing. A callback of the stop token notifies under the lock.
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

int main() {
  std::mutex mutex;
  std::condition_variable changed;
  bool stopping = false;
  std::jthread worker([&](std::stop_token stop) {
    std::stop_callback wake(stop, [&] {
      std::lock_guard lock(mutex);
      stopping = true;
      changed.notify_all();
    });
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return stopping; });
  });
  worker.request_stop();
  worker.join();
  return stopping ? 0 : 1;
}
