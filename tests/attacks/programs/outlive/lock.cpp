// Leaves a child behind that holds locks on files that others read.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
#include <sys/file.h>

#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  if (fork() != 0) return 0;
  for (const char* file : {"/proc/self/exe", "/usr/bin/true", "/box/sum"}) {
    const int fd = open(file, O_RDONLY);
    flock(fd, LOCK_EX | LOCK_NB);
    struct flock lock = {};
    lock.l_type = F_RDLCK;
    fcntl(fd, F_OFD_SETLK, &lock);
  }
  for (;;) pause();
}
