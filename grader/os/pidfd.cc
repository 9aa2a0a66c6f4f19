#include "grader/os/pidfd.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace grader::os {

Fd OpenPidfd(pid_t pid) {
  const long fd = ::syscall(SYS_pidfd_open, pid, 0);
  if (fd < 0) ThrowErrno("pidfd_open");
  return Fd(static_cast<int>(fd));
}

Fd DuplicateOf(pid_t task, int descriptor) {
  constexpr unsigned kThread = O_EXCL;  // PIDFD_THREAD, Linux 6.9: also threads other than the first have a pidfd
  long pidfd = ::syscall(SYS_pidfd_open, task, kThread);
  if (pidfd < 0) pidfd = ::syscall(SYS_pidfd_open, task, 0);
  const Fd holder(static_cast<int>(pidfd));
  if (!holder) return {};
  return Fd(static_cast<int>(::syscall(SYS_pidfd_getfd, holder.get(), descriptor, 0)));
}

Errno SendSignal(const Fd& pidfd, int signal) noexcept {
  return ::syscall(SYS_pidfd_send_signal, pidfd.get(), signal, nullptr, 0) == 0 ? 0 : errno;
}

}  // namespace grader::os
