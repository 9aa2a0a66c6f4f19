// Fills its folder with files.
// gets: none
#include "attack.h"

int main() {
  static char block[1 << 20] = {1};
  for (int i = 0;; ++i) {
    char name[32];
    snprintf(name, sizeof name, "file%d", i);
    const int file = open(name, O_CREAT | O_WRONLY, 0600);
    if (file < 0) return 1;
    for (int times = 0; times < 32; ++times) {
      if (write(file, block, sizeof block) <= 0) return 1;
    }
    close(file);
  }
}
