#pragma once

#include <memory>

#include "grader/sandbox/launch_plan.h"
#include "grader/sandbox/private_root.h"

namespace grader::sandbox {

// Lays out a launch: opens the views, makes the mount points the root lacks. Throws std::system_error naming the view.
std::unique_ptr<LaunchPlan> BuildPlan(LaunchOrder order, std::vector<os::Fd> ends, const PrivateRoot& root);

}  // namespace grader::sandbox
