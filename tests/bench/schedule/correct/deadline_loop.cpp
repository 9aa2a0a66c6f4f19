// find: nothing. Waits again until the flag is set; a time-out only makes it look once more.
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

int main() {
  std::mutex mutex;
  std::condition_variable changed;
  bool ready = false;
  std::thread setter([&] {
    std::lock_guard lock(mutex);
    ready = true;
    changed.notify_one();
  });
  {
    std::unique_lock lock(mutex);
    while (!ready) changed.wait_until(lock, std::chrono::system_clock::now() + std::chrono::milliseconds(5));
  }
  setter.join();
}
