// Queues signals to itself by the hundred, and takes none.
// gets: all
#include "attack.h"

int main() {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, nullptr);
  const pid_t self = getpid();
  for (int i = 0; i < 500 && sigqueue(self, SIGRTMIN, {}) == 0; ++i) {
  }
  Work();
}
