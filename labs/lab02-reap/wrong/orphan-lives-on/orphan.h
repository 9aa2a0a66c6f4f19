// reap orphan
#pragma once

#include <unistd.h>

#include <string>

#include "basics.h"
#include "gate.h"

namespace lab {

// The child lives on for long after its second line.
inline int Orphan() {
  Gate told;
  int parent_lives[2];
  if (pipe(parent_lives) == -1) Fail("pipe");
  StartChild([&] {
    close(parent_lives[1]);
    PrintLine("before " + std::to_string(getppid()));
    told.Open();
    char byte = 0;
    if (read(parent_lives[0], &byte, 1) == -1) Fail("read");
    usleep(50'000);
    PrintLine("after " + std::to_string(getppid()));
    sleep(3);
    return 0;
  });
  told.LetGo();
  told.Wait();
  usleep(400'000);
  return 0;
}

}  // namespace lab
