// find: nothing. Vyukov's bounded queue: each cell has a sequence number of its own.
#include <atomic>
#include <thread>

struct Cell {
  std::atomic<unsigned> sequence;
  int item;
};
Cell cells[2] = {{0, 0}, {1, 0}};
std::atomic<unsigned> put_at{0}, take_at{0};

bool Put(int item) {
  unsigned at = put_at.load(std::memory_order_relaxed);
  for (;;) {
    Cell& cell = cells[at % 2];
    const int ahead = static_cast<int>(cell.sequence.load(std::memory_order_acquire) - at);
    if (ahead < 0) return false;
    if (ahead > 0) {
      at = put_at.load(std::memory_order_relaxed);
    } else if (put_at.compare_exchange_weak(at, at + 1, std::memory_order_relaxed)) {
      cell.item = item;
      cell.sequence.store(at + 1, std::memory_order_release);
      return true;
    }
  }
}

int Take() {
  unsigned at = take_at.load(std::memory_order_relaxed);
  for (;;) {
    Cell& cell = cells[at % 2];
    const int ahead = static_cast<int>(cell.sequence.load(std::memory_order_acquire) - (at + 1));
    if (ahead < 0) return 0;
    if (ahead > 0) {
      at = take_at.load(std::memory_order_relaxed);
    } else if (take_at.compare_exchange_weak(at, at + 1, std::memory_order_relaxed)) {
      const int item = cell.item;
      cell.sequence.store(at + 2, std::memory_order_release);
      return item;
    }
  }
}

int main() {
  std::thread first([] { Put(1); }), second([] { Put(2); });
  int sum = Take();
  first.join();
  second.join();
  for (int item = Take(); item != 0; item = Take()) sum += item;
  return sum == 3 ? 0 : 1;
}
