// The process that becomes the student's program: gives everything up, tells the grader it is ready, waits to be
// released, and execs.
#pragma once

#include <span>

#include "grader/sandbox/set_up.h"

namespace grader::sandbox {

[[noreturn]] void RunTarget(const LaunchPlan& plan) noexcept;

// Before its release, in a world of its own.
std::span<const Step> TargetStepsInside() noexcept;

// On the machine itself: before and after its release. Until then it is the grader's own user, whom a tracer may attach
// to without privileges.
std::span<const Step> TargetStepsOutside() noexcept;
std::span<const Step> TargetStepsOutsideReleased() noexcept;

}  // namespace grader::sandbox
