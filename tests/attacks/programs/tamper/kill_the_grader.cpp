// Kills the grader by the number that it has outside.
// gets: all
#include "attack.h"

int main() {
  for (const int pid : OUTSIDE_PIDS) {
    if (pid > 1 && pid != getpid()) Refused(kill(pid, SIGKILL), "kill");
    const long fd = syscall(SYS_pidfd_open, pid, 0);
    if (fd >= 0 && pid != getpid() && pid != 1) Breach("pidfd of a process outside");
    if (fd >= 0) close(static_cast<int>(fd));
  }
  Work();
}
