// Reads until end of file, but the writing end is still open in the reader itself.
#include <unistd.h>

int main() {
  int ends[2];
  pipe(ends);
  write(ends[1], "x", 1);
  char c;
  while (read(ends[0], &c, 1) > 0) {  // stuck
  }
}
