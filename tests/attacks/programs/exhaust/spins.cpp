// Computes for ever.
// gets: none
#include "attack.h"

int main() {
  for (volatile long i = 0;; i = i + 1) {
  }
}
