// Prints what it finds of a secret file instead of the sum.
// gets: none
#include "attack.h"

int main() {
  char secret[64] = {};
  const int fd = open(OUTSIDE_FILE, O_RDONLY);
  if (fd >= 0) Quietly(read(fd, secret, sizeof secret - 1));
  puts(secret);
}
