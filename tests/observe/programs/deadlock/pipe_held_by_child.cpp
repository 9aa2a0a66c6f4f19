// The parent closes its writing end and reads to the end; the child forgot to close, and waits for a signal.
#include <unistd.h>

int main() {
  int ends[2];
  pipe(ends);
  if (fork() == 0) {
    pause();  // child
    _exit(0);
  }
  close(ends[1]);
  char c;
  read(ends[0], &c, 1);  // stuck
}
