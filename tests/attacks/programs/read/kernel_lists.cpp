// Looks at lists of the kernel that are of the whole machine.
// gets: all
// below full: not stopped, it has the /proc of the machine
#include "attack.h"

int main() {
  for (const char* file : {"/proc/kcore", "/proc/keys", "/proc/kmsg", "/proc/cmdline", "/proc/timer_list"}) {
    char byte = 0;
    const int fd = open(file, O_RDONLY | O_NONBLOCK);
    if (fd >= 0 && read(fd, &byte, 1) > 0) Breach(file);
    close(fd);
  }
  Work();
}
