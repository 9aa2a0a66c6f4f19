// Takes capabilities.
// gets: all
// restricted: not stopped, the bounding set stays what it was; nothing can be gained from it
#include <sys/prctl.h>

#include "attack.h"

int main() {
  struct {
    unsigned version;
    int pid;
  } header{0x20080522, 0};
  unsigned all[6] = {~0U, ~0U, ~0U, ~0U, ~0U, ~0U};
  Refused(syscall(SYS_capset, &header, all), "capset");
  Refused(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 21, 0, 0), "ambient");
  for (int capability = 0; capability < 40; ++capability) {
    if (prctl(PR_CAPBSET_READ, capability) > 0) Breach("the bounding set is not empty");
  }
  Work();
}
