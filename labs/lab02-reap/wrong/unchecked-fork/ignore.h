// reap ignore N
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "basics.h"

namespace lab {

inline int Ignore(int count) {
  if (std::signal(SIGCHLD, SIG_IGN) == SIG_ERR) Fail("signal");  // before the first fork: no child may end before it
  for (int number = 0; number < count; ++number) {
    if (fork() == 0) _exit(0);
  }
  // With SIGCHLD ignored wait(2) reaps nobody: it sleeps until the last child is gone, and then fails.
  while (wait(nullptr) != -1 || errno == EINTR) continue;
  if (errno != ECHILD) Fail("wait");
  PrintLine("done");
  return 0;
}

}  // namespace lab
