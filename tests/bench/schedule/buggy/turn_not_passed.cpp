// find: livelock|deadlock. Who has nothing left to do leaves without passing the turn on.
#include <atomic>
#include <thread>

std::atomic<int> turn{0};
std::atomic<int> tasks{2};

void Work(int me) {
  for (int round = 0; round < 2; ++round) {
    while (turn.load() != me) std::this_thread::yield();
    if (tasks.fetch_sub(1) <= 0) return;
    turn.store(1 - me);
  }
}

int main() {
  std::thread first(Work, 0), second(Work, 1);
  first.join();
  second.join();
}
