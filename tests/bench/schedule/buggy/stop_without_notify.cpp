// find: lost-wake-up|deadlock. request_stop() is seen by a predicate, but wakes nobody who sleeps on a plain condition.
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

std::mutex mutex;
std::condition_variable changed;

int main() {
  std::jthread worker([](std::stop_token stop) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return stop.stop_requested(); });
  });
  worker.request_stop();
}
