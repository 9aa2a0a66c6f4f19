#pragma once

#include <string>

#include "grader/report/grading.h"

namespace grader::report {

// The version of the format, which docs/report.schema.json describes: a reader of version N understands every later
// report that still says N.
inline constexpr int kJsonVersion = 1;

// One JSON object, UTF-8, ending with a newline, whatever bytes the grading holds.
std::string JsonText(const Grading& grading, Audience audience = Audience::kStudent);

}  // namespace grader::report
