// Processes held by descriptor: a pid may be reused, a pidfd never means another process (pidfd_open(2)).
#pragma once

#include <sys/types.h>

#include "grader/os/errno.h"
#include "grader/os/fd.h"

namespace grader::os {

// Throws std::system_error; ESRCH if there is no such process.
Fd OpenPidfd(pid_t pid);

// 0, or ESRCH if the process has ended and was reaped (pidfd_send_signal(2)).
Errno SendSignal(const Fd& pidfd, int signal) noexcept;

// A duplicate of another process's descriptor (pidfd_getfd(2)), which takes the rights of a tracer. Empty if it is not
// open or the task is gone.
Fd DuplicateOf(pid_t task, int descriptor);

}  // namespace grader::os
