// Hides the flags of clone in memory, where a filter cannot read them.
// gets: all
#include <sched.h>

#include "attack.h"

int main() {
  unsigned long arguments[11] = {CLONE_NEWUSER | CLONE_NEWNS, 0, 0, 0, SIGCHLD};
  const long child = syscall(SYS_clone3, arguments, 88);
  if (child == 0) _exit(0);
  Refused(child, "clone3");
  Work();
}
