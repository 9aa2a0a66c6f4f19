// reap orphan
#pragma once

#include <unistd.h>

#include <string>

#include "basics.h"
#include "gate.h"

namespace lab {

// The child is adopted, but tells the parent it had asked for at first.
inline int Orphan() {
  Gate told;
  Gate parent_lives;
  StartChild([&] {
    parent_lives.LetGo();
    const pid_t parent = getppid();
    PrintLine("before " + std::to_string(parent));
    told.Open();
    parent_lives.Wait();
    usleep(100'000);
    PrintLine("after " + std::to_string(parent));
    return 0;
  });
  told.LetGo();
  told.Wait();
  return 0;
}

}  // namespace lab
