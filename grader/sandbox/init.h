// The first process of a sandbox, pid 1 inside. It makes the private world, starts the target, reaps orphans, tells the
// grader who ended, and makes sockets and opens folders for it. It is never traced, not open to inspection, has no
// capabilities once the target exists, and ends, and with it everything inside, when the grader lets go.
#pragma once

#include "grader/sandbox/launch_plan.h"

namespace grader::sandbox {

[[noreturn]] void RunInit(const LaunchPlan& plan) noexcept;

}  // namespace grader::sandbox
