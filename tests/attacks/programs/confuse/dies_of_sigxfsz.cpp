// Does its work, then sends itself SIGXFSZ.
// gets: none
#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  raise(SIGXFSZ);
}
