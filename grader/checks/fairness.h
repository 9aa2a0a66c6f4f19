// Failures that may be the isolation's fault and not the program's.
#pragma once

#include <filesystem>
#include <string>

#include "grader/sandbox/tier.h"

namespace grader::checks {

// A program that names something which runs of this tier do not have ("sem_open", "/tmp/"), be it right or wrong, meets
// refusals there. Why its failures prove nothing, as the reason of a skipped check; empty if nothing speaks for that.
// `program` is a built program, or the folder of an interpreted one.
std::string WhyUnfair(const std::filesystem::path& program, sandbox::Tier tier);

}  // namespace grader::checks
