// Two threads compute until the end of the input, a third sleeps until then; the main thread waits.
#include <unistd.h>

#include <atomic>
#include <thread>

int main() {
  std::atomic<bool> over{false};
  const auto compute = [&over] {
    while (!over.load(std::memory_order_relaxed)) continue;
  };
  std::thread first(compute), second(compute);
  std::thread sleeper([&over] {
    char byte = 0;
    while (read(STDIN_FILENO, &byte, 1) > 0) continue;
    over = true;
  });
  first.join();
  second.join();
  sleeper.join();
}
