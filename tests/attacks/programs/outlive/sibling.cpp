// Leaves a sibling behind, which is no child of its own.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
#include <sched.h>

#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  if (syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0) == 0) pause();
}
