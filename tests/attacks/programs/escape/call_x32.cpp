// Makes a call of the x32 kind.
// gets: all
#include <sys/wait.h>

#include "attack.h"

int main() {
  const pid_t child = fork();
  if (child == 0) _exit(syscall(0x40000000 + SYS_getpid) > 0 ? 1 : 0);
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 1) Breach("an x32 call");
  Work();
}
