// Calls itself for ever.
// gets: none
#include "attack.h"

int Deeper(volatile int depth) {
  volatile char room[4096] = {};
  return Deeper(depth + 1) + room[depth % 4096];
}

int main() { return Deeper(1); }
