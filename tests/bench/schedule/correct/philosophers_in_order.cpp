// find: nothing. The last philosopher takes the other fork first.
#include <mutex>
#include <thread>
#include <vector>

constexpr int kSeats = 3;
std::mutex forks[kSeats];
int meals[kSeats];

int main() {
  std::vector<std::thread> philosophers;
  for (int seat = 0; seat < kSeats; ++seat) {
    philosophers.emplace_back([seat] {
      const int other = (seat + 1) % kSeats;
      std::lock_guard first(forks[std::min(seat, other)]);
      std::lock_guard second(forks[std::max(seat, other)]);
      ++meals[seat];
    });
  }
  for (auto& philosopher : philosophers) philosopher.join();
  return meals[0] + meals[1] + meals[2] == kSeats ? 0 : 1;
}
