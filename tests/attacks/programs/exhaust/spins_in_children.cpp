// Computes for ever in children, each of whom computes little.
// gets: none
#include <sys/wait.h>

#include "attack.h"

int main() {
  for (;;) {
    if (fork() == 0) {
      for (volatile long i = 0; i < 1'000'000; i = i + 1) {
      }
      _exit(0);
    }
    waitpid(-1, nullptr, 0);
  }
}
