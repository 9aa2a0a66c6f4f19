// Does its work, then sends itself SIGTERM.
// gets: none
#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  raise(SIGTERM);
}
