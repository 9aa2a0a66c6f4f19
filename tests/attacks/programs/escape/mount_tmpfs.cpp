// Covers folders by file systems of its own.
// gets: all
#include <sys/mount.h>

#include "attack.h"

int main() {
  for (const char* place : {"/", "/tmp", "/work", "/usr", "/proc", "/box"})
    Refused(mount("none", place, "tmpfs", 0, nullptr), place);
  Refused(mount("proc", "/work", "proc", 0, nullptr), "mount proc");
  Work();
}
