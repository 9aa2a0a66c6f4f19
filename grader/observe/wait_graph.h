// Who can never run again. Pure: waits in, answer out.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <vector>

#include "grader/observe/deadlock_proof.h"

namespace grader::observe {

// Whether the program may still be made to run code by somebody outside of it, by a signal that it handles.
enum class Outside { kPassive, kMayAct };

// The indices of the tasks that can never run again: the greatest set none of whom is live, where live is who waits for
// nothing in the run, who waits for anybody while anybody at all is live, and who waits for owners one of whom is live.
std::vector<std::size_t> StuckTasks(const std::vector<WaitingTask>& tasks, Outside outside);

// Where the waiting ends up if one goes from each stuck task to those that hold what it waits for.
struct Roots {
  std::vector<std::size_t>
      cycle;  // tasks each of which waits for the next, and the last for the first; a shortest one
              // out of which no wait leads, one of mutexes rather than another; empty if there is none
  std::vector<std::size_t> sinks;  // tasks for whose wait nobody in particular is to blame
};

// Follows only wakers, so never the mere possibility that somebody might wake a task. Looks at no more than
// kMostGraphTasks tasks.
Roots FindRoots(const std::vector<WaitingTask>& stuck);

inline constexpr std::size_t kMostGraphTasks = 256;

}  // namespace grader::observe
