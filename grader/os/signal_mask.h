#pragma once

#include <csignal>

namespace grader::os {

// From now on the calling thread is never interrupted by a signal of the grader's process, and a broken pipe is an
// error of write(2), not a SIGPIPE (pthread_sigmask(3)). For threads of their own only.
void BlockSignalsInThisThread() noexcept;

// While it lives, a broken pipe is an error of write(2) in the calling thread, not a SIGPIPE.
class BrokenPipeBlock {
 public:
  BrokenPipeBlock() noexcept;
  ~BrokenPipeBlock();
  BrokenPipeBlock(const BrokenPipeBlock&) = delete;
  BrokenPipeBlock& operator=(const BrokenPipeBlock&) = delete;

 private:
  sigset_t before_;
};

}  // namespace grader::os
