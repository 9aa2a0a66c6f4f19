// find: nothing. Two locks in both orders, but the first thread has been joined before the second order begins.
#include <mutex>
#include <thread>

std::mutex a, b;
int value = 0;

void Both(std::mutex& first, std::mutex& second) {
  std::lock_guard outer(first);
  std::lock_guard inner(second);
  ++value;
}

int main() {
  std::thread early([] { Both(a, b); });
  early.join();
  std::thread late([] { Both(b, a); });
  late.join();
  return value == 2 ? 0 : 1;
}
