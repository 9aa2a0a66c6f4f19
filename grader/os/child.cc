#include "grader/os/child.h"

#include <sys/wait.h>

namespace grader::os {

EndedChild ReapAny() noexcept {
  EndedChild child;
  do child.pid = ::waitpid(-1, &child.status, WNOHANG | __WALL);
  while (child.pid < 0 && errno == EINTR);
  if (child.pid < 0) child.pid = 0;
  return child;
}

int Reap(const Fd& pidfd) noexcept {
  siginfo_t info;
  while (::waitid(P_PIDFD, static_cast<id_t>(pidfd.get()), &info, WEXITED | __WALL) != 0) {
    if (errno != EINTR) return -1;
  }
  return info.si_code == CLD_EXITED ? info.si_status : -1;
}

}  // namespace grader::os
