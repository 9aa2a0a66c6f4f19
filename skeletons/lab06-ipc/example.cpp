// A program to play with:  g++ -std=c++20 -g -Wall -Wextra -pthread -o example example.cpp ipc.cpp && ./example
#include <sys/wait.h>
#include <unistd.h>

#include <iostream>

#include "ipc.hpp"

int main() {
  auto [here, there] = ipc::Pipe();
  ipc::Queue queue(4);
  if (fork() == 0) {
    here.close();
    there.send(ipc::ToBytes("hello through the pipe"));
    for (int i = 0; i < 10; ++i) queue.put(ipc::ToBytes("message " + std::to_string(i)));  // sleeps at the fifth
    _exit(0);
  }
  there.close();
  std::cout << ipc::ToText(here.recv()) << '\n';
  for (int i = 0; i < 10; ++i) std::cout << ipc::ToText(queue.get()) << '\n';
  try {
    here.recv();
  } catch (const ipc::Disconnected&) {
    std::cout << "the child has ended\n";
  }
  wait(nullptr);
}
