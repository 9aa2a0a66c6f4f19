// Two processes take two files' locks in opposite order; flock(2) does not notice.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

int main() {
  int mine[2], yours[2];
  pipe(mine);
  pipe(yours);
  const bool child = fork() == 0;
  const int first = open(child ? "b" : "a", O_RDWR | O_CREAT, 0600);
  flock(first, LOCK_EX);
  char c;
  write(child ? mine[1] : yours[1], "x", 1);
  read(child ? yours[0] : mine[0], &c, 1);
  const int second = open(child ? "a" : "b", O_RDWR | O_CREAT, 0600);
  flock(second, LOCK_EX);  // stuck
}
