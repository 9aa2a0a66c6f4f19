// Many submissions of one lab.
//
//   hand-ins ── TakeIn ── FolderToGrade ── fingerprint ─┬─ known: nothing to do
//                                                       └─ new: graded by one of the workers ── Store
//   Store ── grades.csv, junit.xml, students/<id>/
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <ostream>
#include <vector>

#include "grader/batch/roster.h"
#include "grader/batch/store.h"
#include "grader/batch/tally.h"
#include "grader/course/course.h"
#include "grader/report/grading.h"

namespace grader::batch {

// Grades one folder; called by several threads at once. Empty: a person asked to stop. Throws for what the grader or
// the machine cannot do, which is then a fault and costs the student nothing.
using Judge = std::function<std::optional<report::Grading>(const std::filesystem::path& folder, std::uint64_t seed)>;

struct BatchOrder {
  const course::Course& course;
  const course::Lab& lab;
  std::filesystem::path checks;    // the lab's checks executable
  std::filesystem::path hand_ins;  // the folder
  std::filesystem::path results;
  Roster roster;
  int jobs = 1;
  std::uint64_t seed = 0;  // of all gradings, unless the results folder has one already
};

struct BatchSummary {
  int hand_ins = 0;
  int graded = 0;   // now; the others were known
  int same = 0;     // hand-ins that are identical to an earlier one
  int refused = 0;  // cannot be graded, each with its reason
  int faults = 0;   // of the grader or the machine, after all tries
  int missing = 0;  // of the roster
  bool interrupted = false;
  std::vector<std::string> ignored;
};

// Takes in, grades what is not known yet, and writes all reports. Throws InputError, StoreError, report::ReportError.
BatchSummary RunBatch(const BatchOrder& order, const Judge& judge, std::ostream& progress, report::Style style);

}  // namespace grader::batch
