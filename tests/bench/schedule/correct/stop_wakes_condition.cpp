// find: nothing. condition_variable_any knows stop tokens: a request to stop wakes the sleeper.
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

int main() {
  std::mutex mutex;
  std::condition_variable_any changed;
  bool work = false, stopped = false;
  std::jthread worker([&](std::stop_token stop) {
    std::unique_lock lock(mutex);
    stopped = !changed.wait(lock, stop, [&] { return work; });
  });
  worker.request_stop();
  worker.join();
  return stopped ? 0 : 1;
}
