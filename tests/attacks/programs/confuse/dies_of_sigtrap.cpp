// Does its work, then sends itself SIGTRAP.
// gets: none
#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  raise(SIGTRAP);
}
