// find: deadlock|lost-wake-up. A condition variable gives back one lock; the sleeper holds two.
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex table, queue;
std::condition_variable filled;
bool full = false;

int main() {
  std::thread consumer([] {
    std::lock_guard outer(table);
    std::unique_lock lock(queue);
    filled.wait(lock, [] { return full; });
  });
  {
    std::lock_guard outer(table);
    std::lock_guard lock(queue);
    full = true;
    filled.notify_one();
  }
  consumer.join();
}
