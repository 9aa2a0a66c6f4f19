// Makes device nodes.
// gets: all
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "attack.h"

int main() {
  Refused(mknod("/work/disk", S_IFBLK | 0666, makedev(8, 0)), "a disk");
  Refused(mknod("/tmp/memory", S_IFCHR | 0666, makedev(1, 1)), "the memory");
  Work();
}
