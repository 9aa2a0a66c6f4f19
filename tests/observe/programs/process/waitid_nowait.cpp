// Looks at a dead child without reaping it, says so, and reaps it when told.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

int main() {
  const pid_t child = fork();
  if (child == 0) _exit(5);
  siginfo_t info;
  waitid(P_PID, child, &info, WEXITED | WNOWAIT);
  std::puts("seen");
  std::fflush(stdout);
  char byte;
  read(0, &byte, 1);
  waitid(P_PID, child, &info, WEXITED);
}
