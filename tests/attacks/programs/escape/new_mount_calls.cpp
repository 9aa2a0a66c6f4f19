// Mounts by the new calls.
// gets: all
#include "attack.h"

int main() {
  Refused(syscall(SYS_open_tree, AT_FDCWD, "/", 1), "open_tree");
  Refused(syscall(SYS_fsopen, "tmpfs", 0), "fsopen");
  Refused(syscall(SYS_fspick, AT_FDCWD, "/", 0), "fspick");
  Refused(syscall(SYS_fsmount, 0, 0, 0), "fsmount");
  Refused(syscall(SYS_move_mount, AT_FDCWD, "/usr", AT_FDCWD, "/work", 0), "move_mount");
  Refused(syscall(442, AT_FDCWD, "/usr", 0, nullptr, 0), "mount_setattr");
  Work();
}
