#pragma once

namespace grader::cli {

// How many things run at one time unless told: the processors this process may use.
int DefaultJobs();

}  // namespace grader::cli
