#include "grader/os/signal_mask.h"

#include <csignal>

namespace grader::os {

void BlockSignalsInThisThread() noexcept {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace grader::os
