// Leaves a daemon behind: two forks, a session, no streams.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  if (fork() == 0) {
    setsid();
    if (fork() != 0) _exit(0);
    Quietly(chdir("/"));
    for (int fd = 0; fd < 3; ++fd) close(fd);
    for (;;) pause();
  }
}
