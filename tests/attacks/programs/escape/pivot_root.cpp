// Takes another root.
// gets: all
#include <sys/stat.h>

#include "attack.h"

int main() {
  mkdir("/work/old", 0755);
  Refused(syscall(SYS_pivot_root, "/work", "/work/old"), "pivot_root");
  rmdir("/work/old");
  Work();
}
