// Which system calls are watched.
#pragma once

#include "grader/observe/run.h"
#include "grader/sandbox/policy.h"

namespace grader::observe {

// The calls at whose entry the program stops for the tracer. kLifecycle: those that make, end or wait for processes,
// send signals, arm timers and create or remove IPC objects; kBlocking: also those that may sleep, except read(2) and
// write(2), whose stops would slow a program down twenty times. Interventions: also the calls that may be their marks.
// A schedule: also all calls by which tasks can notice each other.
sandbox::Policy PolicyFor(const RunRequest& request);

// Whether a call of the program is among those that the level records; a schedule stops at more.
bool IsWatched(TraceLevel level, int number, const std::uint64_t (&arguments)[6]);

// Whether the call can sleep until something happens.
bool MayBlock(int number);

}  // namespace grader::observe
