// Climbs out of a root within the root.
// gets: all
// below full: not stopped, it has the root of the machine, whose files it sees but cannot open
#include "attack.h"

int main() {
  Refused(chroot("."), "chroot");
  for (int i = 0; i < 64; ++i) Quietly(chdir(".."));
  if (access("etc/shadow", F_OK) == 0) Breach("the machine's root is above");
  Refused(chroot("."), "chroot above");
  Quietly(chdir("/work"));
  Work();
}
