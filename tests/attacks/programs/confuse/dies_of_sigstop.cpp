// Does its work, then sends itself SIGSTOP.
// gets: none
#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  raise(SIGSTOP);
}
