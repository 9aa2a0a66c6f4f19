#pragma once

#include "grader/schedule/story.h"

namespace grader::schedule {

// Two accesses that nothing orders: who, where, under which locks, and what would order them.
Story TellRace(Scene& scene, const Finding& finding);

}  // namespace grader::schedule
