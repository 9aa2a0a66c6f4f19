// Virtual time, as the calls of time(7) see it.
#pragma once

#include <time.h>

#include "grader/schedule/runtime/base.h"

namespace grader::schedule::runtime {

// An absolute time, as a deadline for Wait(): never 0. All clocks show the same time.
Nanoseconds DeadlineOf(const timespec* time);

// Sleeps until then.
void SleepUntil(Nanoseconds time, Pc caller);

}  // namespace grader::schedule::runtime
