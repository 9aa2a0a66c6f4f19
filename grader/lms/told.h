// What all platforms are told of a grading, in their common form.
#pragma once

#include <string>
#include <vector>

#include "grader/os/bytes.h"
#include "grader/report/grading.h"

namespace grader::lms {

// One check as a student may see it. All texts are visible characters (report::Visible) and bounded.
struct ToldCheck {
  std::string id;     // "Nohang.LeavesNoZombie", "Hidden.Check1"
  std::string group;  // "Nohang"
  std::string title;  // one line; never empty
  bool passed = false;
  double points = 0;
  double max_points = 0;
  std::string text;     // what there is to say, several lines; empty if it passed
  std::string summary;  // the same on one line; empty if it passed
  std::string hint;     // one line; may be empty
  std::string replay;   // the command that shows it again
  std::string file;     // of the submission, where to look; empty if nobody knows
  int line = 0;
};

struct Told {
  std::vector<ToldCheck> checks;
  double points = 0;
  double max_points = 0;
  bool final = true;    // false: the grader or the machine failed; there is no score
  std::string verdict;  // one line: "28 of 40 points"
  std::string text;     // that line, programs that did not build with the compiler's words, faults
};

// Of the texts of all checks together; each gets an equal share of it, and at least 256 bytes.
inline constexpr os::Bytes kTextsOfAll = os::KiB(160);

Told Tell(const report::Grading& grading);

// points / max_points from 0 to 1. A lab without points counts as done when all that was asked for passed.
double ShareOf(const Told& told);

}  // namespace grader::lms
