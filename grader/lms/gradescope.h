#pragma once

#include <string>

#include "grader/report/grading.h"

namespace grader::lms {

// Gradescope's results/results.json (https://gradescope-autograders.readthedocs.io/en/latest/specs/). After a fault it
// has neither score nor tests, which Gradescope tells the staff as a failed run to be repeated.
std::string GradescopeJson(const report::Grading& grading);

}  // namespace grader::lms
