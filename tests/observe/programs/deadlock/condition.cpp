// The notification came before the wait, and nobody remembers it.
#include <condition_variable>
#include <mutex>

std::mutex m;
std::condition_variable ready;

int main() {
  ready.notify_one();
  std::unique_lock lock(m);
  ready.wait(lock);  // stuck
}
