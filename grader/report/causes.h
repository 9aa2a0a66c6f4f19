#pragma once

#include <string>
#include <vector>

#include "grader/report/grading.h"

namespace grader::report {

// Checks that came to nothing for one and the same reason: told once.
struct Cause {
  std::vector<const GradedCheck*> checks;  // at least one; the first speaks for all
};

// The failed checks, those with the same first failure together, in declaration order of the first of each. Without
// those that failed only because a program was not built. The pointers lead into `grading`.
std::vector<Cause> FailureCauses(const Grading& grading);

// The failed checks that ran into this failed build.
Cause StoppedBy(const Grading& grading, const checks::BuildReport& build);

// Whether it failed only because a program was not built.
bool IsStoppedByABuild(const Grading& grading, const GradedCheck& check);

// The checks with this verdict (kSkipped, kFault), those with the same reason together.
std::vector<Cause> ReasonsOf(const Grading& grading, Verdict verdict);

}  // namespace grader::report
