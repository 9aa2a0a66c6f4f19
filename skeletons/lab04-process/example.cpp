// A playground: g++ -std=c++20 -g -Wall -Wextra -pthread -o example example.cpp process.cpp && ./example
// The grader does not look at this file.
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "process.hpp"

using namespace std::chrono_literals;

int main() {
  Process worker(
      [] {
        std::cout << "hello from " << getpid() << '\n';
        usleep(200'000);
        std::exit(7);
      },
      {.name = "worker"});
  std::cout << worker.name() << " is alive: " << worker.is_alive() << '\n';
  worker.start();
  std::cout << "pid " << *worker.pid() << ", alive: " << worker.is_alive() << '\n';
  std::cout << "over after 50 ms: " << worker.join(50ms) << '\n';
  worker.join();
  std::cout << "exit code " << *worker.exitcode() << '\n';

  Process daemon([] { pause(); }, {.daemon = true});
  daemon.start();
  std::cout << daemon.name() << " would sleep for ever; look for it with ps when the program has ended\n";
}
