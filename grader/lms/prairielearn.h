#pragma once

#include <string>

#include "grader/report/grading.h"

namespace grader::lms {

// PrairieLearn's results/results.json (https://prairielearn.readthedocs.io/en/latest/externalGrading/), below its limit
// of 1 MB. After a fault it is not gradable: no attempt is used up.
std::string PrairielearnJson(const report::Grading& grading);

}  // namespace grader::lms
