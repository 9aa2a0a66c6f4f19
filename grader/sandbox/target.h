// The process that becomes the student's program: gives everything up, tells the grader it is ready, waits to be
// released, and execs.
#pragma once

#include "grader/sandbox/launch_plan.h"

namespace grader::sandbox {

[[noreturn]] void RunTarget(const LaunchPlan& plan) noexcept;

}  // namespace grader::sandbox
