// How many lines come out of it when its output goes into a pipe?
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

int main() {
  std::printf("one\n");
  fork();
  std::printf("two\n");
  while (wait(nullptr) > 0) continue;
}
