#include "grader/os/termination.h"

#include <sys/signalfd.h>

#include <system_error>

#include "grader/os/errno.h"

namespace grader::os {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};

bool IsIgnored(int number) {
  struct sigaction action {};
  return sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

Termination::Termination() {
  sigemptyset(&watched_);
  for (const int number : kSignals) {
    if (!IsIgnored(number)) sigaddset(&watched_, number);
  }
  ThrowIf(pthread_sigmask(SIG_BLOCK, &watched_, &before_), "pthread_sigmask");
  fd_ = Fd(signalfd(-1, &watched_, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!fd_) ThrowErrno("signalfd");
}

Termination::~Termination() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

std::optional<int> Termination::Asked() const {
  // Pending, not read: whoever asks next is told the same.
  sigset_t pending;
  sigpending(&pending);
  for (const int number : kSignals) {
    if (sigismember(&watched_, number) == 1 && sigismember(&pending, number) == 1) return number;
  }
  return std::nullopt;
}

}  // namespace grader::os
