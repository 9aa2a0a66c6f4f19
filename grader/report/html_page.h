#pragma once

#include <string>

#include "grader/report/grading.h"

namespace grader::report {

// One grading as a page that stands by itself: no script, nothing from elsewhere, whatever bytes the grading holds.
std::string HtmlText(const Grading& grading, Audience audience = Audience::kStudent);

}  // namespace grader::report
