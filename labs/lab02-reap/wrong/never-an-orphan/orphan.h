// reap orphan
#pragma once

#include <unistd.h>

#include <string>

#include "basics.h"

namespace lab {

// The parent waits for the child, which therefore is never adopted.
inline int Orphan() {
  return WaitFor(StartChild([] {
    PrintLine("before " + std::to_string(getppid()));
    usleep(100'000);
    PrintLine("after " + std::to_string(getppid()));
    return 0;
  }));
}

}  // namespace lab
