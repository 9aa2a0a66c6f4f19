#pragma once

#include "grader/checks/timeline.h"
#include "grader/schedule/scene.h"

namespace grader::checks {

// The interleaving of one schedule, with its end as a failure if the runtime found one; a lane for each thread that
// does something. Within the bounds of timeline.h: of a long run the first steps and the last ones.
Timeline TimelineOf(schedule::Scene& scene, bool found);

}  // namespace grader::checks
