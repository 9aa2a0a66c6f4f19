// find: wrong-result. Two atomics that belong together are read one after the other.
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> debit{0}, credit{0};

int main() {
  std::thread mover([] {
    debit.fetch_add(10);
    credit.fetch_add(10);
  });
  const int from = debit.load();
  const int to = credit.load();
  mover.join();
  if (from != to) {
    std::printf("wrong: %d and %d\n", from, to);
    return 1;
  }
}
