// Starts children one after the other, each of which waits for its turn in a chain of pipes.
#include <sys/wait.h>
#include <unistd.h>

int main() {
  int last[2];
  pipe(last);
  const int start = last[1];
  for (int i = 0; i < 30; ++i) {
    int next[2];
    pipe(next);
    if (fork() == 0) {
      char c;
      read(last[0], &c, 1);
      write(next[1], &c, 1);
      _exit(0);
    }
    last[0] = next[0];
  }
  write(start, "x", 1);
  char c;
  read(last[0], &c, 1);
  while (wait(nullptr) > 0) {
  }
}
