#pragma once

#include <string>

namespace grader::report {

// Fails the test unless `text` is what tests/report/golden/<name> holds. With GRADE_UPDATE_GOLDEN=1 in the environment
// the file is written instead, and the test fails all the same: a golden text is to be read before it is believed.
void ExpectGolden(const std::string& name, const std::string& text);

}  // namespace grader::report
