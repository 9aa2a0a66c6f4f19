// Ignores its children, who live on for a moment.
// gets: all
#include <sys/wait.h>

#include "attack.h"

int main() {
  signal(SIGCHLD, SIG_IGN);
  for (int i = 0; i < 20; ++i) {
    if (fork() == 0) _exit(i);
  }
  while (wait(nullptr) > 0) {
  }
  Work();
}
