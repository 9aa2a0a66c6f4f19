// find: race. volatile is not atomic.
#include <thread>

volatile int counter = 0;

void Add() {
  for (int i = 0; i < 3; ++i) counter = counter + 1;
}

int main() {
  std::thread first(Add), second(Add);
  first.join();
  second.join();
}
