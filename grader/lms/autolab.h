#pragma once

#include <string>

#include "grader/report/grading.h"

namespace grader::lms {

// The two lines that end an Autolab job's output: what it shows beside the submission, and the score of the problem
// that is called as the lab's folder. After a fault the score is null: not graded.
std::string AutolabLines(const report::Grading& grading);

}  // namespace grader::lms
