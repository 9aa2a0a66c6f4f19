// Computes in a handler, with all signals blocked.
// gets: none
#include "attack.h"

int main() {
  signal(SIGALRM, [](int) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, nullptr);
    for (volatile long i = 0;; i = i + 1) {
    }
  });
  raise(SIGALRM);
}
