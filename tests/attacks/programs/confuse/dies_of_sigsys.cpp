// Does its work, then sends itself SIGSYS.
// gets: none
#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  raise(SIGSYS);
}
