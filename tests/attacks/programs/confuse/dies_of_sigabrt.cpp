// Does its work, then sends itself SIGABRT.
// gets: none
#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  raise(SIGABRT);
}
