// Does its work, then sends itself SIGALRM.
// gets: none
#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  raise(SIGALRM);
}
