// find: livelock|deadlock. The worker clears the flag at its start, which may be after it was asked to stop.
#include <atomic>
#include <thread>

std::atomic<bool> stop{false};

int main() {
  std::thread worker([] {
    stop.store(false);
    while (!stop.load()) std::this_thread::yield();
  });
  stop.store(true);
  worker.join();
}
