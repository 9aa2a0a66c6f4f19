// Leaves a child that is stopped.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  if (fork() == 0) {
    raise(SIGSTOP);
    for (;;) pause();
  }
}
