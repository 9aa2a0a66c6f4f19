// fork twice
#pragma once

#include <unistd.h>

#include <string>

#include "basics.h"

namespace lab {

inline int Twice() {
  const pid_t child = StartChild([] {
    PrintLine("child " + std::to_string(getpid()) + " parent " + std::to_string(getppid()));
    return 0;
  });
  PrintLine("parent " + std::to_string(getpid()) + " child " + std::to_string(child));
  return 0;
}

}  // namespace lab
