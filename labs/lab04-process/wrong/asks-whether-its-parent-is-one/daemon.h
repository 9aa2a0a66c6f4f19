// A child that never outlives its parent, however that ends.
#pragma once

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>

namespace lab {

// In the child. From now on the kernel kills us when our parent ends (PR_SET_PDEATHSIG(2const)). It cannot if the
// parent has ended already: then we have another one.
inline void DieWith(pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  static_cast<void>(parent);
  if (getppid() == 1) _exit(1);
}

}  // namespace lab
