// The ends of the grader's own children that are no tracees (wait(2)).
#pragma once

#include <sys/types.h>

#include "grader/os/errno.h"
#include "grader/os/fd.h"

namespace grader::os {

struct EndedChild {
  pid_t pid = 0;
  int status = 0;  // as of waitpid(2)
};

// Reaps one ended child of an init, whichever it is. pid is 0 if none has ended. Only for a process all whose children
// are its own to reap. Between fork and exec.
EndedChild ReapAny() noexcept;

// Sleeps until the child behind pidfd has ended, reaps it and returns its exit status, or -1 if it was killed by a
// signal or is not ours to reap. Between fork and exec.
int Reap(const Fd& pidfd) noexcept;

}  // namespace grader::os
