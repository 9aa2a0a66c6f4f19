// Leaves a child that computes.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  if (fork() == 0) {
    for (volatile long i = 0;; i = i + 1) {
    }
    for (;;) pause();
  }
}
