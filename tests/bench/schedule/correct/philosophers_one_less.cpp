// find: nothing. All take the left fork first, but only two of three may sit down.
#include <mutex>
#include <semaphore>
#include <thread>
#include <vector>

constexpr int kSeats = 3;
std::mutex forks[kSeats];
std::counting_semaphore<kSeats> chairs(kSeats - 1);

int main() {
  std::vector<std::thread> philosophers;
  for (int seat = 0; seat < kSeats; ++seat) {
    philosophers.emplace_back([seat] {
      chairs.acquire();
      {
        std::lock_guard left(forks[seat]);
        std::lock_guard right(forks[(seat + 1) % kSeats]);
      }
      chairs.release();
    });
  }
  for (auto& philosopher : philosophers) philosopher.join();
}
