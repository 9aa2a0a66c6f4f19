// Quiz: how many lines are printed?
#include <cstdio>
#include <mutex>
#include <thread>

std::mutex left;
std::mutex right;

void Take(std::mutex& first, std::mutex& second) {
  std::lock_guard has(first);
  std::puts("has one");
  std::lock_guard wants(second);
  std::puts("has both");
}

int main() {
  std::thread here([] { Take(left, right); });
  here.join();
  std::thread there([] { Take(right, left); });
  there.join();
  std::lock_guard last(left);
  std::thread tries([] { std::puts(left.try_lock() ? "got it" : "not free"); });
  tries.join();
}
