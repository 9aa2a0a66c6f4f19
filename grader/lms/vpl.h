#pragma once

#include <string>

#include "grader/report/grading.h"

namespace grader::lms {

// The grades that the Moodle activity gives, from VPL_GRADEMIN and VPL_GRADEMAX.
struct VplScale {
  double min = 0;
  double max = 0;  // 0: the lab's points themselves
};

// What vpl_execution prints for Moodle's Virtual Programming Lab: comments, and last the grade. Each line begins with
// "Comment :=>>" or "Grade :=>>", so nothing in it but the last line can be taken for a grade. After a fault there is
// no grade.
std::string VplLines(const report::Grading& grading, const VplScale& scale = {});

}  // namespace grader::lms
