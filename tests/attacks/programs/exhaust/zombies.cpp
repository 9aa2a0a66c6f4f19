// Lets children die and never waits for them.
// gets: none
#include "attack.h"

int main() {
  for (;;) {
    const pid_t child = fork();
    if (child == 0) _exit(0);
    if (child < 0) return 1;
  }
}
