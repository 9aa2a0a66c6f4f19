// Locks every second byte of a file, in both ways.
// gets: all
#include "attack.h"

int main() {
  const int file = open("/tmp/locked", O_CREAT | O_RDWR, 0666);
  for (int i = 0; i < 2000; ++i) {
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_start = 2 * i;
    lock.l_len = 1;
    if (fcntl(file, F_SETLK, &lock) != 0) break;
    lock.l_start += 4000;
    if (fcntl(file, F_OFD_SETLK, &lock) != 0) break;
  }
  unlink("/tmp/locked");
  Work();
}
