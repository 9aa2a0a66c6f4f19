// How the program begins and ends.
#pragma once

#include "grader/schedule/runtime/base.h"

namespace grader::schedule::runtime {

// Runs the student's main() in this process, as the order says; never returns.
[[noreturn]] void RunMain();

// Catches the signals of crashes, and notices computing that never reaches the scheduler.
void WatchForCrashes();

// For the current kernel thread: crashes of full stacks are handled elsewhere.
void PrepareHandlerStack();

// Reports what std::terminate() is called for.
void WatchForTermination();

}  // namespace grader::schedule::runtime
