#pragma once

#include <string>

#include "grader/report/grading.h"

namespace grader::lms {

// GitHub's workflow commands: an error for each failed check, at the line of the submission it names. At most ten,
// since GitHub shows no more of one step; a notice says how many there are besides, and how many points it gives.
std::string Annotations(const report::Grading& grading);

}  // namespace grader::lms
