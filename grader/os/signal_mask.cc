#include "grader/os/signal_mask.h"

#include <csignal>
#include <ctime>

namespace grader::os {

void BlockSignalsInThisThread() noexcept {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

BrokenPipeBlock::BrokenPipeBlock() noexcept {
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, &before_);
}

// One that came meanwhile was meant for this thread; it is taken before it could be delivered.
BrokenPipeBlock::~BrokenPipeBlock() {
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  constexpr timespec kNow{0, 0};
  if (sigismember(&before_, SIGPIPE) == 0) sigtimedwait(&pipe, nullptr, &kNow);
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace grader::os
