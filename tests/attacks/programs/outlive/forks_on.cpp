// Leaves a child that is another one each moment.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  if (fork() == 0) {
    for (;;) {
      if (fork() != 0) _exit(0);
      setsid();
      usleep(1000);
    }
    for (;;) pause();
  }
}
