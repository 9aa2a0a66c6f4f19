// Prints for ever, without a newline.
// gets: none
#include "attack.h"

int main() {
  static char block[1 << 16];
  memset(block, 'x', sizeof block);
  while (write(STDOUT_FILENO, block, sizeof block) > 0) {
  }
  return 1;
}
