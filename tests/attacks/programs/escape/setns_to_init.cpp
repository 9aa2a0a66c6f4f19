// Enters the namespaces of process 1.
// gets: all
#include <sched.h>

#include "attack.h"

int main() {
  for (const char* kind : {"user", "mnt", "pid", "net", "ipc", "uts", "cgroup"}) {
    char path[64];
    snprintf(path, sizeof path, "/proc/1/ns/%s", kind);
    const int there = open(path, O_RDONLY);
    if (there >= 0) Refused(setns(there, 0), path);
    snprintf(path, sizeof path, "/proc/self/ns/%s", kind);
    const int own = open(path, O_RDONLY);
    if (own >= 0) Refused(setns(own, 0), path);
  }
  const int init = static_cast<int>(syscall(SYS_pidfd_open, 1, 0));
  if (init >= 0) Refused(setns(init, CLONE_NEWNS | CLONE_NEWNET), "setns by pidfd");
  Work();
}
