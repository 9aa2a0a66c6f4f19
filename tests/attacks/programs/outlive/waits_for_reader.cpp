// Leaves a child that writes into the output nobody reads any more.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  if (fork() == 0) {
    setsid();
    fcntl(STDERR_FILENO, F_SETFL, 0);
    while (write(STDERR_FILENO, "x", 1) > 0) usleep(100);
    for (;;) pause();
  }
}
