#pragma once

#include <optional>

#include "grader/observe/outcome.h"
#include "grader/observe/process.h"
#include "grader/sandbox/limits.h"
#include "grader/sandbox/spawner.h"

namespace grader::observe {

// How a run ended: by what the observer ended it for, else by a limit that the kernel enforced, else as the program's
// first process did. Throws std::runtime_error if the program vanished without a status, which no program can do.
Outcome FinalOutcome(const std::optional<Outcome>& cause, const ProcessRecord& program, const sandbox::Usage& usage,
                     const sandbox::Limits& limits);

}  // namespace grader::observe
