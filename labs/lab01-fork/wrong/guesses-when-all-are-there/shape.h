// fork shape fan N, fork shape chain N, fork shape tree DEPTH
#pragma once

#include <chrono>
#include <thread>
#include <vector>

#include "basics.h"
#include "plan.h"

namespace lab {

// Sleeps until all the others are there, or so it hopes: on a busy machine the last are not yet born.
inline int Shape(const Plan& plan) {
  std::vector<pid_t> children;
  for (const Plan& below : plan.children) children.push_back(StartChild([&] { return Shape(below); }));
  std::this_thread::sleep_for(std::chrono::seconds(1));
  for (const pid_t child : children) WaitFor(child);
  return 0;
}

}  // namespace lab
