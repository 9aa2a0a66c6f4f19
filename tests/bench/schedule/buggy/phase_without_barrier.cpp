// find: race. Each worker reads what its neighbour wrote in the phase before; nobody waits between the phases.
#include <array>
#include <thread>
#include <vector>

int main() {
  std::array<int, 3> cells{}, sums{};
  std::vector<std::thread> workers;
  for (int i = 0; i < 3; ++i) {
    workers.emplace_back([&cells, &sums, i] {
      cells[i] = i + 1;
      sums[i] = cells[i] + cells[(i + 1) % 3];
    });
  }
  for (auto& worker : workers) worker.join();
}
