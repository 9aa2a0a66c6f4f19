// Fills /dev/shm.
// gets: none
#include "attack.h"

int main() {
  static char block[1 << 20] = {1};
  const int file = open("/dev/shm/x", O_CREAT | O_WRONLY, 0600);
  while (write(file, block, sizeof block) > 0) {
  }
  return 1;
}
