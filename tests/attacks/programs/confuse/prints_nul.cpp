// Hides the sum behind a NUL.
// gets: none
#include "attack.h"

int main() {
  putchar(0);
  Work();
}
