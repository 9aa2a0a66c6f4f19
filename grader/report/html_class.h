#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "grader/report/grading.h"

namespace grader::report {

// What the class page says of one check of one student.
struct ClassCell {
  std::string id;
  std::string title;
  bool hidden = false;
  double points = 0;
  double max = 0;
  Verdict verdict = Verdict::kFault;
  std::string summary;  // of what did not pass, one line
  std::chrono::milliseconds took{0};
};

// One hand-in, or a student without one.
struct ClassRow {
  std::string student;
  std::string name = {};
  std::string group = {};
  std::string status;  // "graded", "refused", "missing", "fault"
  std::string note = {};
  std::string late = {};              // as in grades.csv
  std::optional<double> points = {};  // after the late rule; nothing if they are not known
  std::string page = {};              // relative address of the student's page; empty if there is none
  std::chrono::milliseconds took{0};  // of the grading
  std::vector<ClassCell> cells = {};  // in the lab's order; none if it was not graded
};

// Two students whose hand-ins are alike, and the percentage that each shares with the other.
struct ClassPair {
  std::string first;
  std::string second;
  double first_percent = 0;
  double second_percent = 0;
  std::string note = {};
};

struct ClassReport {
  std::string lab;
  std::string title;
  double max = 0;                       // points
  std::vector<ClassRow> rows;           // in the order of the table
  std::size_t compared = 0;             // hand-ins, with each other; none if nobody has asked for it
  std::vector<ClassPair> similar = {};  // the most alike first
};

// The cells of a grading, as this audience may see them.
std::vector<ClassCell> CellsOf(const Grading& grading, Audience audience);

// The page for instructors: how the points are spread, which checks fail most, who passed what, time and faults,
// hand-ins that are alike if there are any. Stands by itself like HtmlText().
std::string ClassHtml(const ClassReport& report);

}  // namespace grader::report
