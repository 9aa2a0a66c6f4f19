// reap ignore N
#pragma once

#include <sys/wait.h>

#include <cerrno>
#include <csignal>

#include "basics.h"
#include "gate.h"

namespace lab {

inline int Ignore(int count) {
  if (std::signal(SIGCHLD, SIG_IGN) == SIG_ERR) Fail("signal");  // before the first fork: no child may end before it
  Gate work;
  for (int number = 0; number < count; ++number) {
    StartChild([&] {
      work.LetGo();
      work.Wait();
      return 0;
    });
  }
  PrintLine("done");
  work.Open();
  // With SIGCHLD ignored wait(2) reaps nobody: it sleeps until the last child is gone, and then fails.
  while (wait(nullptr) != -1 || errno == EINTR) continue;
  if (errno != ECHILD) Fail("wait");
  return 0;
}

}  // namespace lab
