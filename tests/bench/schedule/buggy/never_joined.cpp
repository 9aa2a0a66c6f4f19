// find: exception|crash. An early return leaves the thread object joinable.
#include <atomic>
#include <thread>

std::atomic<int> state{0};

int main() {
  std::thread worker([] { state.store(1); });
  if (state.load() == 1) return 0;
  worker.join();
}
