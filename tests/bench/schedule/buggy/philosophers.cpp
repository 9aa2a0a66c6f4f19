// find: deadlock. Four philosophers, each takes the left fork first.
#include <mutex>
#include <thread>
#include <vector>

constexpr int kSeats = 4;
std::mutex forks[kSeats];

void Dine(int seat) {
  for (int meal = 0; meal < 2; ++meal) {
    std::unique_lock left(forks[seat]);
    std::unique_lock right(forks[(seat + 1) % kSeats]);
  }
}

int main() {
  std::vector<std::thread> philosophers;
  for (int seat = 0; seat < kSeats; ++seat) philosophers.emplace_back(Dine, seat);
  for (auto& philosopher : philosophers) philosopher.join();
}
