// find: nothing. A barrier between the phase that writes and the phase that reads.
#include <array>
#include <barrier>
#include <thread>
#include <vector>

int main() {
  std::array<int, 3> cells{}, sums{};
  std::barrier together(3);
  std::vector<std::thread> workers;
  for (int i = 0; i < 3; ++i) {
    workers.emplace_back([&, i] {
      cells[i] = i + 1;
      together.arrive_and_wait();
      sums[i] = cells[i] + cells[(i + 1) % 3];
      together.arrive_and_wait();
      cells[i] = 0;
    });
  }
  for (auto& worker : workers) worker.join();
  return sums[0] + sums[1] + sums[2] == 12 ? 0 : 1;
}
