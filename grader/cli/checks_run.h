#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "grader/checks/assignment.h"
#include "grader/checks/result.h"
#include "grader/os/termination.h"
#include "grader/report/grading.h"

namespace grader::cli {

// One submission to be graded by one checks executable.
struct ChecksRun {
  std::filesystem::path executable;
  checks::Assignment assignment;
  report::Subject subject;
};

// Who wants to know while it goes on. Neither is empty.
struct Listener {
  std::function<void(const checks::Event&)> event;    // each as it comes
  std::function<void(std::string_view bytes)> words;  // what the executable itself says on its stdout and stderr
};

// Starts the executable, follows its events (grader/checks/check_main.h) to their end and sums them up. If it dies,
// says nonsense or does not end, what was decided is kept and a fault noted. Nothing of it is left running. Throws
// UsageError if it refuses the assignment, Interrupted if termination is asked for, std::system_error if it cannot be
// started.
report::Grading GradeWith(const ChecksRun& run, const os::Termination& termination, const Listener& listener);

}  // namespace grader::cli
