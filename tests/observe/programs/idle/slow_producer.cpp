// Producer and consumer processes with a pipe, and long pauses.
#include <sys/wait.h>
#include <unistd.h>

int main() {
  int ends[2];
  pipe(ends);
  if (fork() == 0) {
    close(ends[1]);
    char c;
    while (read(ends[0], &c, 1) > 0) {
    }
    _exit(0);
  }
  close(ends[0]);
  for (int i = 0; i < 4; ++i) {
    usleep(100'000);
    write(ends[1], "x", 1);
  }
  close(ends[1]);
  wait(nullptr);
}
