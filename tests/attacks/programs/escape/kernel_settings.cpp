// Writes the kernel's settings.
// gets: all
#include "attack.h"

int main() {
  for (const char* file : {"/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname",
                           "/proc/sys/vm/overcommit_memory", "/proc/sys/user/max_user_namespaces",
                           "/proc/sys/kernel/ns_last_pid", "/proc/1/oom_score_adj", "/proc/1/comm"}) {
    const int fd = open(file, O_WRONLY);
    if (fd >= 0 && write(fd, "1", 1) > 0) Breach(file);
    close(fd);
  }
  Work();
}
