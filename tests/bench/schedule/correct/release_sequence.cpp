// find: nothing. Relaxed read-modify-writes by others do not break a release sequence.
#include <atomic>
#include <thread>

int data = 0;
std::atomic<int> state{0};

int main() {
  std::thread writer([] {
    data = 5;
    state.fetch_add(1, std::memory_order_release);
  });
  std::thread bystander([] { state.fetch_add(2, std::memory_order_relaxed); });
  int seen = 5;
  if (state.load(std::memory_order_acquire) % 2 == 1) seen = data;
  writer.join();
  bystander.join();
  return seen == 5 ? 0 : 1;
}
