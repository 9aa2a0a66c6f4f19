// Forbids everybody to look at it.
// gets: all
#include <sys/prctl.h>
#include <sys/wait.h>

#include "attack.h"

int main() {
  prctl(PR_SET_DUMPABLE, 0);
  const pid_t child = fork();
  if (child == 0) _exit(0);
  waitpid(child, nullptr, 0);
  Work();
}
