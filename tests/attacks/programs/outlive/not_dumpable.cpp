// Leaves a child that nobody may look at.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
#include <sys/prctl.h>

#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  if (fork() == 0) {
    prctl(PR_SET_DUMPABLE, 0);
    for (;;) pause();
  }
}
