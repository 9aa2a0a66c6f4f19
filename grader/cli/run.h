#pragma once

#include "grader/cli/exit_status.h"

namespace grader::cli {

// The whole command. Throws UsageError, course::CourseError for what exit status 2 means, anything else for 3.
ExitStatus Run(int argc, char** argv);

}  // namespace grader::cli
