// Leaves a child and a daemon running.
#include <unistd.h>

int main() {
  if (fork() == 0) pause();
  int ready[2];
  pipe(ready);
  if (fork() == 0) {
    setsid();
    if (fork() == 0) {
      write(ready[1], "x", 1);
      pause();
    }
    _exit(0);
  }
  char byte;
  read(ready[0], &byte, 1);
}
