#pragma once

#include <map>
#include <string>

#include "grader/build/builder.h"
#include "grader/checks/assignment.h"
#include "grader/checks/result.h"

namespace grader::checks {

// Builds the assignment's programs, up to assignment.jobs at one time; by name. Throws what Builder::Build throws.
std::map<std::string, build::BuildResult> BuildPrograms(const Assignment& assignment, sandbox::Spawner& spawner);

BuildReport ReportOf(const std::string& program, const build::BuildResult& result);

}  // namespace grader::checks
