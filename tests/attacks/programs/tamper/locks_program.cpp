// Locks the files that all runs share.
// gets: all
#include <sys/file.h>

#include "attack.h"

int main() {
  for (const char* file : {"/box/sum", "/usr/bin/true", "/usr/lib/x86_64-linux-gnu/libc.so.6"}) {
    const int fd = open(file, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) flock(fd, LOCK_EX | LOCK_NB);
    if (fd >= 0) Refused(fcntl(fd, F_SETLEASE, F_WRLCK), "lease");
    close(fd);
  }
  Work();
}
