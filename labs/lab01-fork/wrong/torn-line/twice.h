// fork twice
#pragma once

#include <unistd.h>

#include <string>

#include "basics.h"

namespace lab {

inline int Twice() {
  Write(STDOUT_FILENO, "parent " + std::to_string(getpid()));
  const pid_t child = StartChild([] {
    PrintLine("child " + std::to_string(getpid()) + " parent " + std::to_string(getppid()));
    return 0;
  });
  WaitFor(child);
  PrintLine(" child " + std::to_string(child));  // the child's line is in between by now
  return 0;
}

}  // namespace lab
