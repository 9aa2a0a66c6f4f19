#pragma once

#include <optional>

#include "grader/os/file_owner.h"
#include "grader/sandbox/spawner.h"

namespace grader::observe {

// While it lives, the calling thread may read what /proc tells of a sandbox's programs, which the kernel shows to a
// tracer's user alone (ptrace(2), access mode checking). Not movable, and to be destroyed by the same thread.
class Inspection {
 public:
  explicit Inspection(const sandbox::Sandbox& sandbox) {
    if (const auto user = sandbox.inspector()) acting_.emplace(user->user, user->group);
  }

 private:
  std::optional<os::ActingAsFileOwner> acting_;
};

}  // namespace grader::observe
