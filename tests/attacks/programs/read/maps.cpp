// Looks for paths of the grader in its own memory map and command line.
// gets: all
// below full: not stopped, it sees command lines of the machine
#include "attack.h"

int main() {
  for (const char* file :
       {"/proc/self/maps", "/proc/self/cmdline", "/proc/self/environ", "/proc/self/cgroup", "/proc/1/cmdline"}) {
    static char text[1 << 16];
    const int fd = open(file, O_RDONLY);
    const ssize_t got = fd < 0 ? 0 : read(fd, text, sizeof text);
    if (got > 0 && memmem(text, static_cast<size_t>(got), OUTSIDE_MARK, strlen(OUTSIDE_MARK)) != nullptr) Breach(file);
    close(fd);
  }
  Work();
}
