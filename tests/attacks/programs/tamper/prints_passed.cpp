// Prints what a test framework prints, and does nothing.
// gets: none
#include "attack.h"

int main() {
  puts("[==========] Running 3 tests from 1 test suite.\n[  PASSED  ] 3 tests.\nPASSED\nOK (3 tests)\n10 of 10 points");
  puts("100%\nAll tests passed\n{\"scores\": {\"sum\": 10}}");
}
