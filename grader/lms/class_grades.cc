#include "grader/lms/class_grades.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <map>
#include <sstream>
#include <string_view>

#include "grader/batch/csv.h"
#include "grader/batch/error.h"
#include "grader/report/grading.h"
#include "grader/report/text.h"

namespace grader::lms {
namespace {

namespace fs = std::filesystem;

using Row = std::map<std::string, std::string>;  // cells by the names of their columns

constexpr const char* kColumns[] = {"id", "lab", "points", "max", "status", "late", "name", "email", "note"};

std::string TextOf(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    throw batch::InputError(report::OneLine(file.string()) +
                            " cannot be read; name the results folder of a grade batch that has ended");
  }
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

// Without the apostrophe that keeps a spreadsheet from taking it for a formula.
std::string Cell(const std::string& text) {
  const bool guarded = text.size() > 1 && text[0] == '\'' && std::string_view("=+-@\t\r").find(text[1]) != text.npos;
  return report::OneLine(guarded ? text.substr(1) : text);
}

std::optional<double> Number(const std::string& text, const std::string& place) {
  if (text.empty()) return std::nullopt;
  double number = 0;
  const auto end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || at != end) throw batch::InputError(place + ": '" + text + "' is no number of points");
  return number;
}

std::string FeedbackOf(const Grade& grade, const Row& row) {
  if (grade.status == "missing") return "nothing was handed in";
  if (grade.status == "refused") return "0 points: " + row.at("note");
  if (!grade.points || !grade.max) return "not graded yet: the grader or the machine failed, and no points are lost";
  std::string text = fmt::format("{} of {} points", report::PointsText(*grade.points), report::PointsText(*grade.max));
  const std::string& late = row.at("late");
  if (late == "late") return text + ", late";
  if (late.empty() || late == "0") return text;
  return text + fmt::format(", {} {} late", late, late == "1" ? "day" : "days");
}

Grade GradeOf(const Row& row, const std::string& place) {
  Grade grade{.id = row.at("id"),
              .name = row.at("name"),
              .email = row.at("email"),
              .points = Number(row.at("points"), place),
              .max = Number(row.at("max"), place),
              .status = row.at("status")};
  grade.feedback = FeedbackOf(grade, row);
  return grade;
}

}  // namespace

ClassGrades ReadClassGrades(const fs::path& results) {
  const fs::path file = results / "grades.csv";
  const std::string shown = report::OneLine(file.string());
  const auto rows = batch::ReadCsv(TextOf(file), shown);
  ClassGrades all;
  if (rows.empty()) throw batch::InputError(shown + " is empty; start grade batch again");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const std::string place = fmt::format("{}:{}", shown, rows[i].line);
    Row row;
    for (std::size_t cell = 0; cell < rows[i].cells.size() && cell < rows[0].cells.size(); ++cell) {
      row[rows[0].cells[cell]] = Cell(rows[i].cells[cell]);
    }
    for (const char* column : kColumns) {
      if (!row.contains(column)) throw batch::InputError(fmt::format("{}: the column {} is missing", place, column));
    }
    all.lab = row["lab"];
    all.grades.push_back(GradeOf(row, place));
    all.max = std::max(all.max, all.grades.back().max.value_or(0));
  }
  return all;
}

}  // namespace grader::lms
