// Does its work, then sends itself SIGXCPU.
// gets: none
#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  raise(SIGXCPU);
}
