// find: double-free. Both look whether it has been freed, and both find that it has not.
#include <atomic>
#include <thread>

std::atomic<bool> freed{false};

int main() {
  auto* buffer = new char[16];
  const auto release = [buffer] {
    if (!freed.load()) {
      freed.store(true);
      delete[] buffer;
    }
  };
  std::thread other(release);
  release();
  other.join();
}
