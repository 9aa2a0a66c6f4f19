// Opens files until it may not, and keeps them.
// gets: none
#include "attack.h"

int main() {
  while (open("/dev/null", O_RDONLY) >= 0) {
  }
  return 1;
}
