#include "grader/os/event_fd.h"

#include <sys/eventfd.h>

namespace grader::os {

EventFd::EventFd() : fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!fd_) ThrowErrno("eventfd");
}

// Neither can fail but by a counter that is full or empty, which is what was asked for.
void EventFd::Notify() const noexcept { static_cast<void>(eventfd_write(fd_.get(), 1)); }

void EventFd::Clear() const noexcept {
  eventfd_t count = 0;
  static_cast<void>(eventfd_read(fd_.get(), &count));
}

}  // namespace grader::os
