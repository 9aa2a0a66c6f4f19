// A signal between the look at the flag and the sleep. Wrong: pause(). Right: sigsuspend(), the signal blocked before.
#include <signal.h>

#include "processes.h"

static volatile sig_atomic_t arrived = 0;

int main(int, char** argv) {
  const bool right = IsRight(argv);
  int ready[2];
  pipe(ready);
  const pid_t child = Child([&] {
    sigset_t mask, before;
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR1);
    if (right) sigprocmask(SIG_BLOCK, &mask, &before);
    signal(SIGUSR1, [](int) { arrived = 1; });
    write(ready[1], "", 1);
    while (!arrived) {
      if (right) {
        sigsuspend(&before);
      } else {
        pause();
      }
    }
    return 0;
  });
  char byte;
  read(ready[0], &byte, 1);
  usleep(20'000);
  kill(child, SIGUSR1);
  return AllEndWell() ? 0 : 1;
}
