#pragma once

namespace grader::os {

// From now on the calling thread is never interrupted by a signal of the grader's process, and a broken pipe is an
// error of write(2), not a SIGPIPE (pthread_sigmask(3)). For threads of their own only.
void BlockSignalsInThisThread() noexcept;

}  // namespace grader::os
