// Takes names that readers of /proc stumble over.
// gets: all
#include <sys/prctl.h>
#include <sys/wait.h>

#include "attack.h"

int main() {
  for (const char* name : {"a) R 1 1 (b", "\n\n0 (", "))))))))", "init", "grade", ""}) {
    prctl(PR_SET_NAME, name);
    const pid_t child = fork();
    if (child == 0) _exit(0);
    waitpid(child, nullptr, 0);
  }
  Work();
}
