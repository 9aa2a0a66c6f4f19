#include "grader/lms/moodle.h"

#include <algorithm>

#include "grader/batch/csv.h"
#include "grader/batch/error.h"
#include "grader/report/grading.h"

namespace grader::lms {
namespace {

bool IsParticipant(const std::string& id) {
  return !id.empty() && std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; });
}

std::string Points(const std::optional<double>& points) { return points ? report::PointsText(*points) : ""; }

}  // namespace

std::string MoodleCsv(const ClassGrades& grades, const std::string& title) {
  std::string table = batch::CsvLine({"ID number", "Email address", title, title + " (feedback)"});
  for (const Grade& one : grades.grades) {
    table += batch::CsvLine({one.id, one.email, Points(one.points), one.feedback});
  }
  return table;
}

std::string MoodleWorksheet(const ClassGrades& grades) {
  std::string table =
      batch::CsvLine({"Identifier", "Full name", "Email address", "Grade", "Maximum grade", "Feedback comments"});
  for (const Grade& one : grades.grades) {
    if (!IsParticipant(one.id)) {
      throw batch::InputError(
          "'" + one.id +
          "' is no participant number of Moodle; use moodle-csv, or grade the assignment's own download "
          "without a roster");
    }
    table += batch::CsvLine({"Participant " + one.id, one.name, one.email, Points(one.points),
                             report::PointsText(grades.max), one.feedback});
  }
  return table;
}

}  // namespace grader::lms
