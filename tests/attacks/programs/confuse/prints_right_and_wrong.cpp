// Prints several sums, one of which is right.
// gets: none
#include "attack.h"

int main() {
  PrintSum();
  puts("1");
}
