// To play with, without the grader:
//   g++ -std=c++20 -g -Wall -Wextra -pthread -o example example.cpp thread.cpp && ./example
#include <cstdio>
#include <thread>

#include "thread.hpp"

using namespace std::chrono_literals;

int main() {
  Thread ticks(
      [] {
        for (int i = 0;; ++i) {
          std::printf("tick %d\n", i);
          std::this_thread::sleep_for(30ms);
        }
      },
      {.name = "ticks", .daemon = true});
  Thread works([] { std::this_thread::sleep_for(100ms); }, {.name = "works"});
  ticks.start();
  works.start();
  for (const auto& thread : Thread::enumerate()) std::printf("%s\n", thread.name.c_str());
  std::printf("join(10ms): %d\n", works.join(10ms));
  // The program ends when `works` has.
}
