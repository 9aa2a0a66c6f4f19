// Which system calls are watched.
#pragma once

#include "grader/observe/run.h"
#include "grader/sandbox/policy.h"

namespace grader::observe {

// The calls at whose entry the program stops for the tracer. kLifecycle: those that make, end or wait for processes,
// send signals, arm timers and create or remove IPC objects; kBlocking: also those that may sleep, except read(2) and
// write(2), whose stops would slow a program down twenty times. Interventions: also the calls that may be their marks.
sandbox::Policy PolicyFor(const RunRequest& request);

// Whether the call can sleep until something happens.
bool MayBlock(int number);

}  // namespace grader::observe
