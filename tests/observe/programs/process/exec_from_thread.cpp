// A thread that is not the main one replaces the program, another one and the main thread vanish.
#include <unistd.h>

#include <thread>

int main() {
  std::thread([] { pause(); }).detach();
  std::thread([] { execl("/usr/bin/false", "false", nullptr); }).join();
}
