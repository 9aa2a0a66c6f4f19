// reap waitall N: the children stop themselves; chance says which one is continued next.
#pragma once

#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <random>
#include <string>
#include <vector>

#include "basics.h"

namespace lab {

inline int WaitAll(int count) {
  std::vector<pid_t> stopped;
  for (int code = 1; code <= count; ++code) {
    const pid_t child = StartChild([code] {
      raise(SIGSTOP);
      return code;
    });
    int status = 0;
    while (waitpid(child, &status, WUNTRACED) == -1) {
      if (errno != EINTR) Fail("waitpid");
    }
    stopped.push_back(child);
  }
  std::random_device dice;
  while (!stopped.empty()) {
    std::swap(stopped[dice() % stopped.size()], stopped.back());
    const pid_t child = stopped.back();
    stopped.pop_back();
    kill(child, SIGCONT);
    PrintLine(std::to_string(child) + ' ' + std::to_string(WEXITSTATUS(WaitFor(child))));
  }
  return 0;
}

}  // namespace lab
