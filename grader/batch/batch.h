// Many submissions of one lab.
//
//   hand-ins ── TakeIn ── FolderToGrade ── fingerprint ─┬─ known, by whatever version: nothing to do
//                                                       └─ new: graded by one of the workers ── Store
//   Store ── grades.csv, junit.xml, students/<id>/
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/batch/gradings.h"
#include "grader/batch/roster.h"
#include "grader/batch/store.h"
#include "grader/course/course.h"

namespace grader::batch {

struct BatchOrder {
  const course::Course& course;
  const course::Lab& lab;
  std::filesystem::path checks;    // the lab's checks executable
  std::filesystem::path hand_ins;  // the folder
  std::filesystem::path results;
  Roster roster;
  std::uint64_t seed = 0;  // of all gradings, unless the results folder has one already
};

struct BatchSummary {
  int hand_ins = 0;
  int graded = 0;         // now; the others were known
  int same = 0;           // hand-ins that are identical to an earlier one
  int refused = 0;        // cannot be graded, each with its reason
  int faults = 0;         // of the grader or the machine, after all tries
  int missing = 0;        // of the roster
  int other_version = 0;  // distinct submissions whose result is of another version of lab or grader, and counts
  bool interrupted = false;
  std::vector<std::string> ignored;
};

// Takes in, grades what is not known yet, and writes all reports. Throws InputError, StoreError, report::ReportError.
BatchSummary RunBatch(const BatchOrder& order, const Crew& crew);

}  // namespace grader::batch
