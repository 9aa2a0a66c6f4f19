// The child closes its writing end; the parent forgets to, and waits for the child.
#include <sys/wait.h>
#include <unistd.h>

int main() {
  int ends[2];
  pipe(ends);
  if (fork() == 0) {
    close(ends[1]);
    char c;
    while (read(ends[0], &c, 1) > 0) {  // stuck
    }
    _exit(0);
  }
  close(ends[0]);
  write(ends[1], "x", 1);
  wait(nullptr);  // parent
}
