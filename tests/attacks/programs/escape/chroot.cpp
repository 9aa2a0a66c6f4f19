// Climbs out of a root within the root.
// gets: all
#include "attack.h"

int main() {
  Refused(chroot("."), "chroot");
  for (int i = 0; i < 64; ++i) Quietly(chdir(".."));
  if (access("etc/shadow", F_OK) == 0) Breach("the machine's root is above");
  Refused(chroot("."), "chroot above");
  Quietly(chdir("/work"));
  Work();
}
