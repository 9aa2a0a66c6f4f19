// Loads code into the kernel.
// gets: all
#include "attack.h"

int main() {
  char attributes[128] = {};
  for (int command = 0; command < 8; ++command)
    Refused(syscall(SYS_bpf, command, attributes, sizeof attributes), "bpf");
  Refused(syscall(SYS_perf_event_open, attributes, 0, -1, -1, 0), "perf_event_open");
  Refused(syscall(SYS_userfaultfd, 0), "userfaultfd");
  Refused(syscall(SYS_init_module, attributes, 1, ""), "init_module");
  Refused(syscall(SYS_finit_module, 0, "", 0), "finit_module");
  Refused(syscall(SYS_delete_module, "ext4", 0), "delete_module");
  Refused(syscall(SYS_kexec_load, 0, 0, nullptr, 0), "kexec_load");
  Work();
}
