// Thread-specific data and destructors of thread_local objects, kept per student thread: the C library's own run when a
// kernel thread ends, which is later, and elsewhere.
#pragma once

#include "grader/schedule/runtime/thread.h"

namespace grader::schedule::runtime {

// Of the current thread, until none is left. Runs student code.
void RunLocalDestructors(Thread& thread);

}  // namespace grader::schedule::runtime
