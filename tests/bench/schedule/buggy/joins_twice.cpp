// find: exception. Two owners join the same thread, one after the other.
#include <thread>

int main() {
  std::thread worker([] {});
  const auto finish = [&worker] { worker.join(); };
  finish();
  finish();
}
