// Runs that cannot go on, or go nowhere.
#pragma once

#include "grader/schedule/runtime/thread.h"

namespace grader::schedule::runtime {

// Nobody can go on, and no deadline will change that.
[[noreturn]] void EndDeadlocked();

// Ends the run if the thread, which begins to wait, waits over the holders of locks for itself, none with a deadline.
void EndIfCyclic(const Thread& thread);

// All that can run have only looked at the same again and again, for very long.
[[noreturn]] void EndLivelocked();

// The order's limit is reached: a livelock if nothing has changed for half of it.
[[noreturn]] void EndOutOfSteps();

}  // namespace grader::schedule::runtime
