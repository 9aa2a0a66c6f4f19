#pragma once

#include "grader/checks/timeline.h"
#include "grader/observe/observation.h"

namespace grader::checks {

// What was observed of a run: who made whom, who ended when and was reaped by whom, where somebody slept, what was
// printed; of a run under a Schedule its steps. Within the bounds of timeline.h; the unusual lanes stay. Without lanes
// for a run that was not watched.
Timeline TimelineOf(const observe::Observation& run);

}  // namespace grader::checks
