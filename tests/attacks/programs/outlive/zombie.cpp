// Leaves a zombie behind.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
#include <sys/wait.h>

#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  if (fork() == 0) _exit(0);
  siginfo_t ended;
  waitid(P_ALL, 0, &ended, WEXITED | WNOWAIT);
}
