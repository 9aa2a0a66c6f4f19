// Leaves a child that calls itself like the sandbox's own.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
#include <sys/prctl.h>

#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  if (fork() == 0) {
    prctl(PR_SET_NAME, "init");
    setsid();
    for (;;) pause();
  }
}
