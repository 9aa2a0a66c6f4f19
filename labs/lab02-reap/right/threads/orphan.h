// reap orphan: the program itself is the parent; the child sees its end through a pidfd.
#pragma once

#include <unistd.h>

#include <string>

#include "basics.h"
#include "gate.h"
#include "watched.h"

namespace lab {

inline int Orphan() {
  Gate told;
  const pid_t parent = getpid();
  StartChild([&] {
    const Watched its_end(parent);
    PrintLine("before " + std::to_string(getppid()));
    told.Open();
    its_end.WaitForEnd();
    PrintLine("after " + std::to_string(getppid()));
    return 0;
  });
  told.LetGo();
  told.Wait();
  return 0;
}

}  // namespace lab
