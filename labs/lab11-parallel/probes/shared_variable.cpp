// The program of the quiz's question `shared_variable`.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <thread>

int counter = 0;

int main() {
  if (fork() == 0) {
    std::thread([] { counter += 5; }).join();
    _exit(0);
  }
  wait(nullptr);
  std::printf("%d\n", counter);
}
