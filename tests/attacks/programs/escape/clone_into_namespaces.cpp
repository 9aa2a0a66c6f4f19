// Starts a child in fresh namespaces.
// gets: all
#include <sched.h>

#include "attack.h"

int main() {
  for (const long kind :
       {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID}) {
    const long child = syscall(SYS_clone, kind | SIGCHLD, 0, 0, 0, 0);
    if (child == 0) _exit(0);
    Refused(child, "clone into namespaces");
  }
  Work();
}
