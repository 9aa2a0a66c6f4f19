// Takes back what was promised for ever.
// gets: all
#include <sys/prctl.h>

#include "attack.h"

int main() {
  Refused(prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0), "no_new_privs");
  if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1) Breach("no_new_privs is not set");
  Refused(prctl(PR_SET_SECCOMP, 0, nullptr), "seccomp off");
  Work();
}
