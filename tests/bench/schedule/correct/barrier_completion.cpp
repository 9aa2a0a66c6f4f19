// find: nothing. The completion function runs alone, between two phases.
#include <barrier>
#include <thread>

int main() {
  int left = 0, right = 0, total = 0;
  std::barrier together(2, [&]() noexcept { total += left + right; });
  std::thread other([&] {
    for (int round = 1; round <= 2; ++round) {
      left = round;
      together.arrive_and_wait();
    }
  });
  for (int round = 1; round <= 2; ++round) {
    right = round;
    together.arrive_and_wait();
  }
  other.join();
  return total == 6 ? 0 : 1;
}
