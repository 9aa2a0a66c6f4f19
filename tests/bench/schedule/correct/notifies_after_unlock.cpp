// find: nothing. The announcement is made without the lock, after the change was made under it.
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex mutex;
std::condition_variable changed;
bool ready = false;
int data = 0;

int main() {
  std::thread waiter([] {
    std::unique_lock lock(mutex);
    while (!ready) changed.wait(lock);
    ++data;
  });
  data = 41;
  {
    std::lock_guard lock(mutex);
    ready = true;
  }
  changed.notify_one();
  waiter.join();
  return data == 42 ? 0 : 1;
}
