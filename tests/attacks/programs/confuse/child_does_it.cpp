// Lets a child do the work and vanishes before.
// gets: none
#include "attack.h"

int main() {
  if (fork() == 0) {
    setsid();
    while (getppid() != 1) usleep(100);
    usleep(1'000'000);
    Work();
  }
}
