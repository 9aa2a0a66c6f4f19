// Stops itself, and lets its child wake it.
// gets: all
#include <sys/wait.h>

#include "attack.h"

int main() {
  const pid_t self = getpid();
  const pid_t child = fork();
  if (child == 0) {
    kill(self, SIGCONT);
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  Work();
}
