// Leaves for a namespace of its own, of each kind.
// gets: all
#include <sched.h>

#include "attack.h"

int main() {
  for (const int kind :
       {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP}) {
    Refused(unshare(kind), "unshare");
  }
  Work();
}
