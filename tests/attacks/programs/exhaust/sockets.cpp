// Fills sockets with bytes that nobody reads.
// gets: none
#include <sys/socket.h>

#include "attack.h"

int main() {
  static char block[1 << 16];
  int ends[2];
  while (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0) {
    while (write(ends[0], block, sizeof block) > 0) {
    }
  }
  return 1;
}
