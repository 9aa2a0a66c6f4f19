// Leaves its control group.
// gets: all
#include <sys/mount.h>
#include <sys/stat.h>

#include "attack.h"

int main() {
  Refused(open("/sys/fs/cgroup/cgroup.procs", O_WRONLY), "the root group");
  Refused(mkdir("/sys/fs/cgroup/mine", 0755), "a group of its own");
  Refused(mount("none", "/work", "cgroup2", 0, nullptr), "mount cgroup2");
  Work();
}
