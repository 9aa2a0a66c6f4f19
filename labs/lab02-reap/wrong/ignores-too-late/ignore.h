// reap ignore N
#pragma once

#include <sys/wait.h>

#include <cerrno>
#include <csignal>

#include "basics.h"

namespace lab {

// Ignores SIGCHLD when all children have been started: those that have ended by then are zombies all the same.
inline int Ignore(int count) {
  pid_t last = 0;
  for (int number = 0; number < count; ++number) last = StartChild([] { return 0; });
  siginfo_t ended;
  if (count > 0 && waitid(P_PID, static_cast<id_t>(last), &ended, WEXITED | WNOWAIT) == -1) Fail("waitid");
  if (std::signal(SIGCHLD, SIG_IGN) == SIG_ERR) Fail("signal");
  while (wait(nullptr) != -1 || errno == EINTR) continue;
  PrintLine("done");
  return 0;
}

}  // namespace lab
