// fork shape fan N, fork shape chain N, fork shape tree DEPTH
#pragma once

#include "basics.h"
#include "plan.h"

namespace lab {

// Waits for each child before it starts the next: the first have ended when the last begin.
inline int Shape(const Plan& plan) {
  for (const Plan& below : plan.children) WaitFor(StartChild([&] { return Shape(below); }));
  return 0;
}

}  // namespace lab
