// Leaves a child that adopts those of others.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
#include <sys/prctl.h>

#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  if (fork() == 0) {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (fork() == 0 && fork() == 0) pause();
    for (;;) pause();
  }
}
