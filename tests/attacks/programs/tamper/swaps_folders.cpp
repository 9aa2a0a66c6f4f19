// Moves and removes the folders it was given.
// gets: all
#include <sys/stat.h>

#include "attack.h"

int main() {
  rename("/tmp", "/work/tmp");
  rmdir("/work");
  rmdir("/dev/shm");
  Refused(unlink("/dev/null"), "unlink /dev/null");
  Refused(rename("/work/x", "/dev/null"), "replace /dev/null");
  Refused(chmod("/dev/null", 0), "chmod /dev/null");
  Work();
}
