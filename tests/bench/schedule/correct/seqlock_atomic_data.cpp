// find: nothing. A sequence lock whose data is atomic, too, with the fences that it needs.
#include <atomic>
#include <thread>

std::atomic<unsigned> sequence{0};
std::atomic<int> x{0}, y{0};

void Write(int value) {
  const unsigned now = sequence.load(std::memory_order_relaxed);
  sequence.store(now + 1, std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_release);
  x.store(value, std::memory_order_relaxed);
  y.store(value, std::memory_order_relaxed);
  sequence.store(now + 2, std::memory_order_release);
}

int main() {
  std::thread writer([] {
    Write(1);
    Write(2);
  });
  int a = 0, b = 0;
  for (;;) {
    const unsigned before = sequence.load(std::memory_order_acquire);
    a = x.load(std::memory_order_relaxed);
    b = y.load(std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_acquire);
    if (before % 2 == 0 && sequence.load(std::memory_order_relaxed) == before) break;
    std::this_thread::yield();
  }
  writer.join();
  return a == b ? 0 : 1;
}
