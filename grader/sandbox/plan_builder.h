#pragma once

#include <memory>

#include "grader/sandbox/launch_plan.h"
#include "grader/sandbox/private_root.h"

namespace grader::sandbox {

// What a launch needs wherever it is: the command's words and the descriptors.
std::unique_ptr<LaunchPlan> BasePlan(LaunchOrder order, std::vector<os::Fd> ends);

// Makes the views' places inside one form, those of folders before those of what is in them. Throws
// std::invalid_argument.
void ArrangeViews(std::vector<View>& views);

// Lays out a launch in a root of its own: opens the views, makes the mount points the root lacks. Throws
// std::system_error naming the view.
std::unique_ptr<LaunchPlan> BuildPlan(LaunchOrder order, std::vector<os::Fd> ends, const PrivateRoot& root);

}  // namespace grader::sandbox
