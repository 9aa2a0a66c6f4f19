// Leaves many children.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  if (fork() == 0) {
    for (int i = 0; i < 5; ++i) fork();
    for (;;) pause();
  }
}
