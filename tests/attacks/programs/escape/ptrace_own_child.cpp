// Lets itself be traced by itself, to hide a child from the grader.
// gets: all
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "attack.h"

int main() {
  const pid_t child = fork();
  if (child == 0) _exit(ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0 ? 1 : 0);
  int status = 0;
  waitpid(child, &status, 0);
  if (status != 0) Breach("traced its own child");
  Work();
}
