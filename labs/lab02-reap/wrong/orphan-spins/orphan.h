// reap orphan
#pragma once

#include <unistd.h>

#include <string>

#include "basics.h"
#include "gate.h"

namespace lab {

// The child asks for its parent in a busy loop.
inline int Orphan() {
  Gate told;
  const pid_t parent = getpid();
  StartChild([&] {
    PrintLine("before " + std::to_string(getppid()));
    told.Open();
    while (getppid() == parent) continue;
    PrintLine("after " + std::to_string(getppid()));
    return 0;
  });
  told.LetGo();
  told.Wait();
  usleep(400'000);
  return 0;
}

}  // namespace lab
