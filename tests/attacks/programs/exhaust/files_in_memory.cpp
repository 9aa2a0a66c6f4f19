// Fills files that are in memory only.
// gets: none
#include <sys/mman.h>

#include "attack.h"

int main() {
  static char block[1 << 20] = {1};
  for (int i = 0; i < 900; ++i) {
    const int file = memfd_create("x", 0);
    if (file < 0 || write(file, block, sizeof block) < 0) return 1;
  }
  return 1;
}
