// The steps by which init makes the world its sandbox lives in, starting from the spawner's prepared root.
#pragma once

#include <span>

#include "grader/sandbox/set_up.h"

namespace grader::sandbox {

std::span<const Step> PrivateWorldSteps() noexcept;

}  // namespace grader::sandbox
