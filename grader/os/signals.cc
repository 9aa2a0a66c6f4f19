#include "grader/os/signals.h"

#include <fcntl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>

namespace grader::os {

void ResetSignals() noexcept {
  struct sigaction standard {};
  standard.sa_handler = SIG_DFL;
  // Fails for SIGKILL, SIGSTOP and the two that glibc keeps for itself, which are never changed.
  for (int signal = 1; signal < NSIG; ++signal) ::sigaction(signal, &standard, nullptr);
  UnblockAllSignals();
}

int WatchChildren() noexcept {
  sigset_t children;
  ::sigemptyset(&children);
  ::sigaddset(&children, SIGCHLD);
  ::sigaddset(&children, SIGTERM);
  if (::sigprocmask(SIG_BLOCK, &children, nullptr) != 0) return -1;
  return ::signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
}

Asked DrainChildren(int watch) noexcept {
  Asked asked = Asked::kNothing;
  signalfd_siginfo info;
  while (::read(watch, &info, sizeof info) > 0) {
    if (info.ssi_signo == SIGTERM) asked = Asked::kToEnd;
  }
  return asked;
}

void UnblockAllSignals() noexcept {
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

}  // namespace grader::os
