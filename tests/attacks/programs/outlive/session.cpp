// Leaves a child in a session of its own.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  if (fork() == 0) {
    setsid();
    for (;;) pause();
  }
}
