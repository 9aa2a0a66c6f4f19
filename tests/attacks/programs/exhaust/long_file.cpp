// Writes a file that is longer than it may be.
// gets: none
#include "attack.h"

int main() {
  static char block[1 << 20] = {1};
  const int file = open("long", O_CREAT | O_WRONLY, 0600);
  for (;;) {
    lseek(file, 3 << 20, SEEK_CUR);
    if (write(file, block, sizeof block) <= 0) return 1;
  }
}
