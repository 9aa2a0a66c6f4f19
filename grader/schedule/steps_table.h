#pragma once

#include <string>
#include <vector>

#include "grader/schedule/scene.h"

namespace grader::schedule {

// A step that others can notice, as a student knows it; what repeats on one line of source is one row.
struct StepRow {
  ThreadNumber thread = 0;
  std::string place;              // "bank.cpp:31"; empty if unknown
  std::string what;               // "locks mutex m, must wait"
  std::vector<std::string> held;  // "mutex m", while it is done
  bool waits = false;             // it had to
  int times = 1;

  bool SameAs(const StepRow& other) const {
    return thread == other.thread && place == other.place && what == other.what && held == other.held;
  }
};

std::vector<StepRow> StepRows(Scene& scene);

// The run as a table, a line for each step that others can notice and a column for each thread; what repeats on one
// line of source is told once. Bounded: of a long run the first steps and the last ones. Empty without steps.
std::string StepsTable(Scene& scene);

}  // namespace grader::schedule
