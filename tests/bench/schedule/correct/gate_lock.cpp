// find: nothing. Two locks in both orders, but always under a third one: no deadlock, though the orders form a cycle.
#include <mutex>
#include <thread>

std::mutex gate, a, b;
int value = 0;

int main() {
  std::thread other([] {
    std::lock_guard outer(gate);
    std::lock_guard first(b);
    std::lock_guard second(a);
    ++value;
  });
  {
    std::lock_guard outer(gate);
    std::lock_guard first(a);
    std::lock_guard second(b);
    ++value;
  }
  other.join();
  return value == 2 ? 0 : 1;
}
