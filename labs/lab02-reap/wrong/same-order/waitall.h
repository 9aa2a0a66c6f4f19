// reap waitall N
#pragma once

#include <sys/wait.h>

#include <csignal>
#include <string>
#include <vector>

#include "basics.h"
#include "family.h"

namespace lab {

// Sleeps until the parent sends SIGUSR1, which must be blocked since before the fork: so it cannot come too early.
inline void WaitForSignal(const sigset_t& signals) {
  int signal = 0;
  const int error = sigwait(&signals, &signal);
  if (error != 0) throw std::system_error(error, std::generic_category(), "sigwait");
}

// waitpid(-1) tells which children have ended, but of two that ended shortly after one another not which was first. So
// the program draws the order, and lets one child end only when the one before it has been reaped.
inline int WaitAll(int count) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGUSR1);
  if (sigprocmask(SIG_BLOCK, &signals, nullptr) == -1) Fail("sigprocmask");

  Family family;
  std::vector<pid_t> order;
  for (int code = 1; code <= count; ++code) {
    order.push_back(StartChild([&] {
      WaitForSignal(signals);
      return code;
    }));
    family.Add(order.back());
  }
  for (const pid_t child : order) {
    if (kill(child, SIGUSR1) == -1) Fail("kill");
    const int status = family.Wait(child);
    if (!WIFEXITED(status)) return 1;
    PrintLine(std::to_string(child) + ' ' + std::to_string(WEXITSTATUS(status)));
  }
  return 0;
}

}  // namespace lab
