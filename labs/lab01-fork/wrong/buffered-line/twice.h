// fork twice
#pragma once

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "basics.h"

namespace lab {

inline int Twice() {
  std::printf("parent %d ", getpid());  // still in the buffer at the fork, so the child prints it too
  const pid_t child = fork();
  if (child == -1) Fail("fork");
  if (child == 0) {
    std::printf("child %d parent %d\n", getpid(), getppid());
    std::exit(0);
  }
  WaitFor(child);
  std::printf("child %d\n", child);
  return 0;
}

}  // namespace lab
