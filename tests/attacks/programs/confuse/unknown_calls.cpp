// Makes calls that do not exist.
// gets: all
#include "attack.h"

int main() {
  for (const long number : {-1L, 9999L, 1L << 20, 1L << 40}) syscall(number, -1, -1, -1, -1, -1, -1);
  Work();
}
