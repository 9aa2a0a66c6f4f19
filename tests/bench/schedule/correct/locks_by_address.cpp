// find: nothing. The lower address is locked first.
#include <functional>
#include <mutex>
#include <thread>

std::mutex a, b;
int moved = 0;

void Move(std::mutex& from, std::mutex& to) {
  const bool in_order = std::less<std::mutex*>()(&from, &to);
  std::lock_guard first(in_order ? from : to);
  std::lock_guard second(in_order ? to : from);
  ++moved;
}

int main() {
  std::thread one([] { Move(a, b); }), two([] { Move(b, a); });
  one.join();
  two.join();
  return moved == 2 ? 0 : 1;
}
