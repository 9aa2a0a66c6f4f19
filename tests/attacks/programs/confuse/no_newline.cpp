// Leaves the last newline out.
// gets: none
#include "attack.h"

int main() {
  long first = 0, second = 0;
  Quietly(scanf("%ld %ld", &first, &second));
  printf("%ld", first + second);
}
