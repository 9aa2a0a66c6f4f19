// Blocks and ignores all signals.
// gets: all
#include "attack.h"

int main() {
  for (int number = 1; number < 65; ++number) signal(number, SIG_IGN);
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, nullptr);
  Work();
}
