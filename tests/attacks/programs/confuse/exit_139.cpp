// Does its work and ends with 139, as others do that were ended.
// gets: none
#include "attack.h"

int main() {
  Work();
  return 139;
}
