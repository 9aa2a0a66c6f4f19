// find: use-after-free|race. The main thread frees what a detached thread still reads.
#include <atomic>
#include <thread>

std::atomic<bool> over{false};
std::atomic<int> seen{0};

int main() {
  auto* number = new int(5);
  std::thread([number] {
    seen.store(*number);
    over.store(true);
  }).detach();
  delete number;
  while (!over.load()) std::this_thread::yield();
}
