// Does its work and ends with 99, as others do that were ended.
// gets: none
#include "attack.h"

int main() {
  Work();
  return 99;
}
