#pragma once

#include <string>

#include "grader/lms/class_grades.h"

namespace grader::lms {

// For Moodle's "Grades > Import > CSV file": a row of names, then one row for each student: ID number, Email address,
// the grade in a column called `title`, feedback. A grade that nobody knows is empty, which Moodle takes for none.
std::string MoodleCsv(const ClassGrades& grades, const std::string& title);

// The grading worksheet of a Moodle assignment ("View all submissions > Upload grading worksheet"), for hand-ins that
// were downloaded from it: their ids are Moodle's participant numbers. Throws batch::InputError, naming the first, if
// an id is no such number.
std::string MoodleWorksheet(const ClassGrades& grades);

}  // namespace grader::lms
