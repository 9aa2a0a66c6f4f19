// Becomes somebody else.
// gets: all
#include <grp.h>
#include <sys/fsuid.h>

#include "attack.h"

int main() {
  Refused(setuid(0), "setuid");
  Refused(setgid(0), "setgid");
  Refused(setreuid(0, 0), "setreuid");
  Refused(setresuid(0, 0, 0), "setresuid");
  const gid_t group = 0;
  Refused(setgroups(1, &group), "setgroups");
  setfsuid(0);
  if (setfsuid(static_cast<uid_t>(-1)) == 0) Breach("setfsuid");
  Work();
}
