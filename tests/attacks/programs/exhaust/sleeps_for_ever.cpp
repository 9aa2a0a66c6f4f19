// Sleeps, and nobody can wake it.
// gets: none
#include "attack.h"

int main() {
  for (;;) pause();
}
