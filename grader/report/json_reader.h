#pragma once

#include <string_view>

#include "grader/report/grading.h"

namespace grader::report {

// The grading that JsonText() told, as far as it did: what was redacted stays so. Reports made from it agree with those
// of the original. Throws std::invalid_argument naming what is wrong.
Grading GradingFromJson(std::string_view text);

}  // namespace grader::report
