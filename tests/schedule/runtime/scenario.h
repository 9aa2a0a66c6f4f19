// The scenarios of tests/schedule/runtime/programs, run under a small mix of strategies.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "tests/schedule/runtime/scheduled_program.h"

namespace grader::schedule {

// program is the name of a file in programs/, scenario one of those it knows.
std::unique_ptr<ScheduledProgram> Start(const std::string& program, const std::string& scenario);

// The order of that index: strategies in turn, options in shares.
Order MixedOrder(std::uint64_t index);

// The first run of the mix that fits, of at most so many.
std::optional<RunResult> FindRun(ScheduledProgram& program, int most,
                                 const std::function<bool(const RunResult&)>& fits);

// Whether the run has such a finding.
bool Has(const RunResult& run, FindingKind kind);

// Whether main() returned 0 and nothing was found.
bool IsClean(const RunResult& run);

}  // namespace grader::schedule
