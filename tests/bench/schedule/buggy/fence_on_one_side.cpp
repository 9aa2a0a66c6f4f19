// find: race. A release fence needs an acquire on the other side.
#include <atomic>
#include <thread>

int data = 0;
std::atomic<int> flag{0};

int main() {
  std::thread writer([] {
    data = 1;
    std::atomic_thread_fence(std::memory_order_release);
    flag.store(1, std::memory_order_relaxed);
  });
  while (flag.load(std::memory_order_relaxed) == 0) std::this_thread::yield();
  const int seen = data;
  writer.join();
  return seen == 1 ? 0 : 1;
}
