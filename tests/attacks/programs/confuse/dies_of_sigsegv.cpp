// Does its work, then sends itself SIGSEGV.
// gets: none
#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  raise(SIGSEGV);
}
