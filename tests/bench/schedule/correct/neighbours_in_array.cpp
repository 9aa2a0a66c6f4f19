// find: nothing. Each thread writes its own element.
#include <array>
#include <thread>
#include <vector>

int main() {
  std::array<char, 4> cells{};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) threads.emplace_back([&cells, i] { cells[i] = static_cast<char>(i + 1); });
  for (auto& thread : threads) thread.join();
  return cells[0] + cells[1] + cells[2] == 6 ? 0 : 1;
}
