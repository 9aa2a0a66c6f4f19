#include "grader/lms/canvas.h"

#include "grader/batch/csv.h"
#include "grader/report/grading.h"

namespace grader::lms {
namespace {

std::string If(CanvasId wanted, CanvasId ids, const std::string& id) { return wanted == ids ? id : ""; }

// Canvas takes a row whose first cell holds these words for one of its own.
std::string NameOf(const Grade& grade) {
  const bool taken = grade.name.empty() || grade.name.find("Points Possible") != std::string::npos;
  return taken ? "Student " + grade.id : grade.name;
}

}  // namespace

std::string CanvasCsv(const ClassGrades& grades, const std::string& title, CanvasId ids) {
  std::string table = batch::CsvLine({"Student", "ID", "SIS User ID", "SIS Login ID", "Section", title});
  table += batch::CsvLine({"    Points Possible", "", "", "", "", report::PointsText(grades.max)});
  for (const Grade& one : grades.grades) {
    if (!one.points) continue;
    table += batch::CsvLine({NameOf(one), If(CanvasId::kCanvas, ids, one.id), If(CanvasId::kSis, ids, one.id),
                             If(CanvasId::kLogin, ids, one.id), "", report::PointsText(*one.points)});
  }
  return table;
}

}  // namespace grader::lms
