// A signal before its handler is installed. Wrong: the sender sleeps, to give the other time. Right: it is told.
#include <signal.h>

#include "processes.h"

static volatile sig_atomic_t arrived = 0;

int main(int, char** argv) {
  const bool right = IsRight(argv);
  int ready[2];
  pipe(ready);
  const pid_t child = Child([&] {
    signal(SIGUSR1, [](int) { arrived = 1; });
    if (right) write(ready[1], "", 1);
    while (!arrived) usleep(1000);
    return 0;
  });
  char byte;
  if (right) {
    read(ready[0], &byte, 1);
  } else {
    usleep(20'000);
  }
  kill(child, SIGUSR1);
  return AllEndWell() ? 0 : 1;
}
