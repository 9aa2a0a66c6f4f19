// find: race. Two threads add to a plain counter.
#include <cstdio>
#include <thread>

int counter = 0;

int main() {
  std::thread other([] { ++counter; });
  ++counter;
  other.join();
  std::printf("%d\n", counter);
}
