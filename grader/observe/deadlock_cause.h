#pragma once

#include "grader/observe/deadlock.h"
#include "grader/observe/deadlock_proof.h"
#include "grader/observe/wait_graph.h"

namespace grader::observe {

// Corrects what a futex wait is for, now that the functions on the stack are known: a condition, semaphore, barrier or
// rwlock has no owner.
void Refine(Wait& wait, const Stack& stack);

// Why the tasks are stuck, from where their waits end up.
DeadlockCause CauseOf(const std::vector<WaitingTask>& stuck, const Roots& roots);

}  // namespace grader::observe
