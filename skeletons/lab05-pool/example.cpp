// To play with your pool, without the grader:
//   g++ -std=c++20 -g -Wall -Wextra -pthread -o example example.cpp pool.cpp && ./example
#include <unistd.h>

#include <iostream>
#include <vector>

#include "pool.hpp"

int Square(int x) { return x * x; }

std::string Greet(std::string name) {
  std::cout << "process " << ::getpid() << " greets " << name << '\n';
  return "hello, " + name;
}

int Crash() { ::_exit(1); }

int main() {
  pool::Pool pool(4);

  std::vector<pool::AsyncResult<int>> squares;
  for (int i = 0; i < 10; ++i) squares.push_back(pool.apply_async(Square, i));
  for (const auto& square : squares) std::cout << square.get() << ' ';
  std::cout << '\n';

  std::cout << pool.apply_async(Greet, "world").get() << '\n';

  try {
    pool.apply_async(Crash).get();
  } catch (const pool::WorkerLost& error) {
    std::cout << "lost: " << error.what() << '\n';
  }

  pool.close();
  pool.join();
}
