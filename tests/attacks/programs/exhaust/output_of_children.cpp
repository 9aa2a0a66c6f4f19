// Lets children print for ever.
// gets: none
#include "attack.h"

int main() {
  for (int i = 0; i < 10; ++i) {
    if (fork() == 0) execl("/usr/bin/yes", "yes", nullptr);
  }
  pause();
}
