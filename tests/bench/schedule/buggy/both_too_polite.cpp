// find: livelock|deadlock. Both raise their flag, and each waits until the other has lowered his.
#include <atomic>
#include <thread>

std::atomic<bool> wants[2];

void Enter(int me) {
  wants[me].store(true);
  while (wants[1 - me].load()) std::this_thread::yield();
  wants[me].store(false);
}

int main() {
  std::thread first(Enter, 0), second(Enter, 1);
  first.join();
  second.join();
}
