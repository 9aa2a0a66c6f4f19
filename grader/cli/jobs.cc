#include "grader/cli/jobs.h"

#include <algorithm>

#include "grader/report/machine.h"

namespace grader::cli {

int DefaultJobs() { return std::max(1, report::ThisMachine().processors); }

}  // namespace grader::cli
