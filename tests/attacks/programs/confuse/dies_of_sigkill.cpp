// Does its work, then sends itself SIGKILL.
// gets: none
#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  raise(SIGKILL);
}
