// Try it: g++ -std=c++20 -g -Wall -Wextra -pthread -o example example.cpp deadlock.cpp && ./example
// As shipped it prints "all done" most of the time. How often do you have to start it until it hangs?
#include <iostream>
#include <thread>

#include "deadlock.hpp"

int main() {
  Bank bank(2, 100'000);
  const auto move = [&](std::size_t from, std::size_t to) {
    for (int i = 0; i < 1000; ++i) bank.transfer(from, to, 1);
  };
  {
    std::jthread there([&] { move(0, 1); });
    std::jthread back([&] { move(1, 0); });
  }
  std::cout << "total: " << bank.total() << '\n';

  philosophers(5, 100, [](int) {});
  std::cout << "all have eaten\n";

  for (const int who : find_deadlock({{1, 2}, {2, 3}, {3, 1}, {4, 1}})) std::cout << who << " waits for\n";
  std::cout << "all done\n";
}
