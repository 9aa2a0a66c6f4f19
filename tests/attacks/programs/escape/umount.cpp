// Uncovers what mounts hide.
// gets: all
#include <sys/mount.h>

#include "attack.h"

int main() {
  for (const char* place : {"/proc", "/tmp", "/work", "/dev/shm", "/proc/kcore", "/box", "/"}) {
    Refused(umount2(place, MNT_DETACH), place);
  }
  Work();
}
