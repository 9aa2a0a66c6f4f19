#pragma once

#include <string>

#include "grader/lms/class_grades.h"

namespace grader::lms {

// What the students' ids are to Canvas.
enum class CanvasId {
  kSis,     // the school's number: SIS User ID
  kLogin,   // SIS Login ID
  kCanvas,  // Canvas's own number, after which its downloads are called
};

// For Canvas's "Grades > Import": the row of names, the row "Points Possible", then one row for each student with a
// known grade. `title` is the assignment's column: "Lab 2 (4711)" as Canvas exports it, or a name for a new one.
std::string CanvasCsv(const ClassGrades& grades, const std::string& title, CanvasId ids);

}  // namespace grader::lms
