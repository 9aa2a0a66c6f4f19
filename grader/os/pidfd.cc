#include "grader/os/pidfd.h"

#include <sys/syscall.h>
#include <unistd.h>

namespace grader::os {

Fd OpenPidfd(pid_t pid) {
  const long fd = ::syscall(SYS_pidfd_open, pid, 0);
  if (fd < 0) ThrowErrno("pidfd_open");
  return Fd(static_cast<int>(fd));
}

Errno SendSignal(const Fd& pidfd, int signal) noexcept {
  return ::syscall(SYS_pidfd_send_signal, pidfd.get(), signal, nullptr, 0) == 0 ? 0 : errno;
}

}  // namespace grader::os
