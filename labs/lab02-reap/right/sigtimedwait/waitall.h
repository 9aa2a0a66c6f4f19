// reap waitall N: a relay. The order is drawn beforehand; everyone waits for the end of the one before him through a
// pidfd, and the program reaps them in that order.
#pragma once

#include <sys/wait.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "basics.h"
#include "family.h"
#include "gate.h"
#include "watched.h"

namespace lab {

inline int WaitAll(int count) {
  std::vector<int> codes(static_cast<std::size_t>(count));
  std::iota(codes.begin(), codes.end(), 1);
  std::shuffle(codes.begin(), codes.end(), std::mt19937(std::random_device{}()));

  Gate start;
  Family family;
  std::vector<pid_t> order;
  for (const int code : codes) {
    order.push_back(StartChild([&] {
      if (order.empty()) {
        start.LetGo();
        start.Wait();
        return code;
      }
      const Watched before(order.back());  // while the gate keeps it: later its pid may be nobody's
      start.LetGo();
      before.WaitForEnd();
      return code;
    }));
    family.Add(order.back());
  }
  start.Open();
  for (const pid_t child : order) {
    PrintLine(std::to_string(child) + ' ' + std::to_string(WEXITSTATUS(family.Wait(child))));
  }
  return 0;
}

}  // namespace lab
