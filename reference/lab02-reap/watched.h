// Waiting for the end of a process that is nobody's child here.
#pragma once

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "basics.h"
#include "gate.h"

namespace lab {

// A process whose end can be waited for by anybody, not only by its parent: pidfd_open(2).
class Watched {
 public:
  explicit Watched(pid_t pid) : descriptor_(static_cast<int>(syscall(SYS_pidfd_open, pid, 0))) {
    if (descriptor_.descriptor() == -1) Fail("pidfd_open");
  }

  // Sleeps until it has ended.
  void WaitForEnd() const {
    pollfd ended{descriptor_.descriptor(), POLLIN, 0};
    while (poll(&ended, 1, -1) == -1) {
      if (errno != EINTR) Fail("poll");
    }
  }

 private:
  PipeEnd descriptor_;
};

}  // namespace lab
