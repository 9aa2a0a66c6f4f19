// reap ignore N
#pragma once

#include <chrono>
#include <csignal>
#include <thread>

#include "basics.h"

namespace lab {

inline int Ignore(int count) {
  if (std::signal(SIGCHLD, SIG_IGN) == SIG_ERR) Fail("signal");  // before the first fork: no child may end before it
  for (int number = 0; number < count; ++number) {
    StartChild([] { return 0; });
  }
  std::this_thread::sleep_for(std::chrono::seconds(1));  // all are gone by then, or so it hopes
  PrintLine("done");
  return 0;
}

}  // namespace lab
