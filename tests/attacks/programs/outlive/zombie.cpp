// Leaves a zombie behind.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  if (fork() == 0) _exit(0);
  usleep(1000);
}
