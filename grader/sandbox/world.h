// How init and the target of one tier make the world their sandbox lives in, and how init ends it.
#pragma once

#include <span>

#include "grader/sandbox/set_up.h"

namespace grader::sandbox {

struct World {
  std::span<const Step> init;            // by init, before there is a target
  std::span<const Step> before_release;  // by the target; then a tracer may attach
  std::span<const Step> after_release;   // by the target, when it is released
  // Kills all that is inside and waits until it is dead. Between fork and exec.
  void (*end)(const LaunchPlan& plan) noexcept;
};

extern const World kPrivateWorld;     // a root, processes, network and users of its own
extern const World kUsersOwnWorld;    // on the machine itself, as a user nobody else is
extern const World kSharedUserWorld;  // on the machine itself, as the grader's own user

}  // namespace grader::sandbox
