// How many lines does it print, into a pipe?
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

int main() {
  std::printf("one\n");
  if (fork() == 0) {
    std::printf("two\n");
    return 0;
  }
  wait(nullptr);
  if (fork() == 0) {
    std::printf("three\n");
    _exit(0);
  }
  wait(nullptr);
  std::printf("four\n");
}
