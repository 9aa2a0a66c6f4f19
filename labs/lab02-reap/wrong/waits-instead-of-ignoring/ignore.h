// reap ignore N
#pragma once

#include <sys/wait.h>

#include <cerrno>
#include <csignal>

#include "basics.h"

namespace lab {

inline int Ignore(int count) {
  for (int number = 0; number < count; ++number) {
    StartChild([] { return 0; });
  }
  while (wait(nullptr) != -1 || errno == EINTR) continue;
  if (errno != ECHILD) Fail("wait");
  PrintLine("done");
  return 0;
}

}  // namespace lab
