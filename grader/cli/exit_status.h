#pragma once

namespace grader::cli {

// What the command `grade` says to its caller; docs/cli.md.
enum class ExitStatus {
  kSuccess = 0,       // full marks; or the command did what it was asked
  kNotFullMarks = 1,  // or a lab that check-labs finds wrong
  kUsage = 2,         // the command line, the submission's folder or the course is wrong
  kFault = 3,         // of the grader or the machine
};

}  // namespace grader::cli
