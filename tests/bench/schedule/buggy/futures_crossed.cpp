// find: deadlock|lost-wake-up. Two threads, each waits for the other's result before it gives its own.
#include <future>
#include <thread>

int main() {
  std::promise<int> left, right;
  auto from_left = left.get_future();
  auto from_right = right.get_future();
  std::thread one([&] { left.set_value(from_right.get() + 1); });
  std::thread two([&] { right.set_value(from_left.get() + 1); });
  one.join();
  two.join();
}
