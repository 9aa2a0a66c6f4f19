// find: nothing. A jthread is asked to stop by its destructor.
#include <atomic>
#include <stop_token>
#include <thread>

int main() {
  std::atomic<bool> stopped{false};
  {
    std::jthread worker([&](std::stop_token stop) {
      while (!stop.stop_requested()) std::this_thread::yield();
      stopped = true;
    });
  }
  return stopped ? 0 : 1;
}
