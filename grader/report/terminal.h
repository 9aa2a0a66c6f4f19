#pragma once

#include <optional>
#include <string>

#include "grader/report/grading.h"
#include "grader/report/style.h"

namespace grader::report {

// kBrief explains the first failures and lists the others; kFull (--verbose) explains all, shows the output of every
// check and says where the time went.
enum class Detail { kBrief, kFull };

// Whether failures under the controlled scheduler are told step by step (--steps).
enum class Steps { kLeftOut, kShown };

struct TerminalOptions {
  Style style;
  Detail detail = Detail::kBrief;
  Audience audience = Audience::kStudent;
  Steps steps = Steps::kLeftOut;
  std::string junit;  // where the JUnit file is, as the user typed it; empty: none was written
  std::optional<std::string> sent_folder = {};  // where WriteSent() has written, as the user typed it
};

// The report for people: failures first and explained, then what passed, then the points. Ends with a newline. Whatever
// a submission printed, nothing in it moves the cursor, colours, reorders, or commands the CI system that logs it.
std::string TerminalText(const Grading& grading, const TerminalOptions& options);

}  // namespace grader::report
