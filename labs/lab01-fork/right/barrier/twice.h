// fork twice, with streams: flushed before the fork, and one insertion for each line.
#pragma once

#include <unistd.h>

#include <iostream>
#include <string>

#include "basics.h"

namespace lab {

inline int Twice() {
  std::cout.flush();
  const pid_t child = fork();
  if (child == -1) Fail("fork");
  const std::string line = child == 0 ? "child " + std::to_string(getpid()) + " parent " + std::to_string(getppid())
                                      : "parent " + std::to_string(getpid()) + " child " + std::to_string(child);
  std::cout << line + '\n' << std::flush;
  if (child == 0) _exit(0);
  return WaitFor(child) == 0 ? 0 : 1;
}

}  // namespace lab
