// find: race|wrong-result. Peterson's lock with its two lines exchanged: turn first, then the flag.
#include <atomic>
#include <thread>

std::atomic<bool> wants[2];
std::atomic<int> turn{0};
int counter = 0;

void Enter(int me) {
  turn.store(1 - me);
  wants[me].store(true);
  while (wants[1 - me].load() && turn.load() == 1 - me) std::this_thread::yield();
  ++counter;
  wants[me].store(false);
}

int main() {
  std::thread first(Enter, 0), second(Enter, 1);
  first.join();
  second.join();
}
