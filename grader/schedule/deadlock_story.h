#pragma once

#include "grader/schedule/story.h"

namespace grader::schedule {

// Why nobody can go on: who holds what and who waits, the notification that came too early; or, of a livelock, who runs
// on although nothing changes.
Story TellDeadlock(Scene& scene, const Finding& finding);

}  // namespace grader::schedule
