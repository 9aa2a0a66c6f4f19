// Kills the grader by the number that it has outside.
// gets: all
// below full: not stopped, it can name a process outside, and do nothing to it
#include "attack.h"

int main() {
  for (const int pid : OUTSIDE_PIDS) {
    if (pid > 1 && pid != getpid()) Refused(kill(pid, SIGKILL), "kill");
    const long fd = syscall(SYS_pidfd_open, pid, 0);
    if (fd >= 0 && pid != getpid()) Refused(syscall(SYS_pidfd_send_signal, fd, SIGKILL, nullptr, 0), "signal by pidfd");
    if (fd >= 0 && pid != getpid() && pid != 1) Breach("pidfd of a process outside");
    if (fd >= 0) close(static_cast<int>(fd));
  }
  Work();
}
