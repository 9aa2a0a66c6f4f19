// Joins a thread while holding the mutex that it needs.
#include <mutex>
#include <thread>

std::mutex m;

int main() {
  std::unique_lock lock(m);
  std::thread other([] {
    m.lock();  // stuck
  });
  other.join();  // main
}
