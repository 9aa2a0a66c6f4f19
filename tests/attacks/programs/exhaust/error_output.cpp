// Prints to stderr for ever.
// gets: none
#include "attack.h"

int main() {
  while (fputs("an error\n", stderr) >= 0) {
  }
  return 1;
}
