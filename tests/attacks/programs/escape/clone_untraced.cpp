// Starts a child that no tracer is told of.
// gets: all
#include <sched.h>

#include "attack.h"

int main() {
  const long child = syscall(SYS_clone, CLONE_UNTRACED | SIGCHLD, 0, 0, 0, 0);
  if (child == 0) _exit(0);
  Refused(child, "clone untraced");
  Work();
}
