// Ignores the signals by which the kernel tells of time.
// gets: none
#include "attack.h"

int main() {
  for (int number = 1; number < 65; ++number) signal(number, SIG_IGN);
  for (volatile long i = 0;; i = i + 1) {
  }
}
