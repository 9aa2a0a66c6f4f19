// find: lost-wake-up|deadlock. Two wait for the gate to open; one is told.
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex mutex;
std::condition_variable opened;
bool open = false;

void Pass() {
  std::unique_lock lock(mutex);
  opened.wait(lock, [] { return open; });
}

int main() {
  std::thread first(Pass), second(Pass);
  {
    std::lock_guard lock(mutex);
    open = true;
  }
  opened.notify_one();
  first.join();
  second.join();
}
