#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "grader/cli/command.h"
#include "grader/cli/errors.h"
#include "grader/lms/canvas.h"
#include "grader/lms/class_grades.h"
#include "grader/lms/moodle.h"
#include "grader/report/file.h"
#include "grader/report/text.h"

namespace grader::cli {
namespace {

const std::map<std::string, lms::CanvasId> kIds = {
    {"sis", lms::CanvasId::kSis}, {"login", lms::CanvasId::kLogin}, {"canvas", lms::CanvasId::kCanvas}};

struct ExportOptions {
  std::string format;
  std::string results;
  std::optional<std::string> file;
  std::optional<std::string> title;
  lms::CanvasId ids = lms::CanvasId::kSis;
};

std::string Table(const ExportOptions& options, const lms::ClassGrades& grades) {
  const std::string title = options.title.value_or(grades.lab);
  if (options.format == "moodle-csv") return lms::MoodleCsv(grades, title);
  if (options.format == "moodle-worksheet") return lms::MoodleWorksheet(grades);
  if (options.format == "canvas-csv") return lms::CanvasCsv(grades, title, options.ids);
  throw UsageError("there is no format '" + options.format +
                   "' for a class; choose moodle-csv, moodle-worksheet or canvas-csv");
}

int UnknownOf(const lms::ClassGrades& grades) {
  int unknown = 0;
  for (const auto& one : grades.grades) unknown += one.points ? 0 : 1;
  return unknown;
}

ExitStatus Run(const ExportOptions& options) {
  const lms::ClassGrades grades = lms::ReadClassGrades(options.results);
  const std::string file = options.file.value_or(grades.lab + "-" + options.format + ".csv");
  const std::string table = Table(options, grades);
  report::WriteReport(file, table);
  std::cerr << "grade: " << grades.grades.size() << " students in " << report::OneLine(file) << '\n';
  const int unknown = UnknownOf(grades);
  if (unknown == 0) return ExitStatus::kSuccess;
  std::cerr << "grade: " << unknown << " of them without a grade, by a fault of the grader or the machine; "
            << "start grade batch again\n";
  return ExitStatus::kFault;
}

}  // namespace

void AddExport(const Commands& commands) {
  const auto options = std::make_shared<ExportOptions>();
  Command& command = commands.line.Add("export", "write a batch's grades as a gradebook imports them");
  command.Argument({{ValueKind::kChoice, {"moodle-csv", "moodle-worksheet", "canvas-csv"}, "FORMAT"},
                    "moodle-csv, moodle-worksheet or canvas-csv"},
                   options->format);
  command.Argument({{ValueKind::kFolder}, "the results folder of grade batch"}, options->results);
  command.Option({"--out", "the file; by default LAB-FORMAT.csv", Value{ValueKind::kFile}}, options->file);
  command.Option({"--title", "the grade's column; by default the lab's folder", Value{ValueKind::kToken, {}, "TEXT"}},
                 options->title);
  command.Choice({"--ids", "what the ids are to Canvas: school's number (default), login, or Canvas's own number",
                  Value{ValueKind::kChoice, {"sis", "login", "canvas"}}},
                 [options](const std::string& name) { options->ids = kIds.at(name); });
  command.Does([options] { return Run(*options); });
}

}  // namespace grader::cli
