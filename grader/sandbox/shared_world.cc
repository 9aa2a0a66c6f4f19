// The worlds on the machine itself: nothing is made, much is given up.
#include <csignal>

#include "grader/os/privileges.h"
#include "grader/os/process_trees.h"
#include "grader/sandbox/target.h"
#include "grader/sandbox/world.h"

namespace grader::sandbox {
namespace {

// Asked, rather than killed: it has to end what is inside first.
os::Errno EndWithSpawner(const LaunchPlan&) noexcept { return os::DieWithParent(SIGTERM); }

os::Errno AdoptOrphans(const LaunchPlan&) noexcept {
  os::NameProcess("init");
  return os::AdoptOrphans();
}

os::Errno ForbidInspection(const LaunchPlan&) noexcept { return os::SetInspection(os::Inspection::kForbid); }

constexpr Step kSteps[] = {
    {"end with the spawner", EndWithSpawner},
    {"adopt orphans", AdoptOrphans},
    {"forbid inspection", ForbidInspection},
};

void EndUser(const LaunchPlan& plan) noexcept {
  do {
    os::KillUser(plan.user, plan.killer);
    // The target may not have become that user yet.
    os::KillDescendants({});
  } while (os::AwaitChildren());
}

void EndDescendants(const LaunchPlan&) noexcept {
  do os::KillDescendants({});
  while (os::AwaitChildren());
}

}  // namespace

const World kUsersOwnWorld{kSteps, TargetStepsOutside(), TargetStepsOutsideReleased(), EndUser};
const World kSharedUserWorld{kSteps, TargetStepsOutside(), TargetStepsOutsideReleased(), EndDescendants};

}  // namespace grader::sandbox
