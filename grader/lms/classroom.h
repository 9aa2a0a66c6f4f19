#pragma once

#include <string>

#include "grader/report/grading.h"

namespace grader::lms {

// A runner's result for GitHub Classroom's autograding-grading-reporter, before it is encoded in base64.
std::string ClassroomJson(const report::Grading& grading);

}  // namespace grader::lms
