// Takes little memory in each of many children.
// gets: none
#include <sys/wait.h>

#include "attack.h"

int main() {
  for (int i = 0; i < 40; ++i) {
    if (fork() != 0) continue;
    memset(malloc(8 << 20), 1, 8 << 20);
    pause();
  }
  while (wait(nullptr) > 0) {
  }
  return 1;
}
