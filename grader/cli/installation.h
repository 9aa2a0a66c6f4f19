#pragma once

#include <filesystem>

#include "grader/course/course.h"
#include "grader/report/style.h"

namespace grader::cli {

// Where the grader's parts are.
struct Installation {
  std::filesystem::path course_root;  // has course.toml
  std::filesystem::path checks;       // has <lab>/checks
  std::filesystem::path runtime;      // of the controlled scheduler, a shared library

  // The lab's checks executable. Throws FaultError if it was not built.
  std::filesystem::path ChecksOf(const course::Lab& lab) const;
};

// Who asks, and from where.
struct Caller {
  std::filesystem::path executable;  // this process's, without links
  std::filesystem::path directory;   // the current one
  report::Environment environment;
};

// The scheduler's runtime, which needs no course: <build>/lib/grade or <prefix>/lib/grade. Throws FaultError if it was
// not built.
std::filesystem::path FindRuntime(const Caller& caller);

// The parts lie beside the executable: of a build, in <build>/labs and <build>/share/grade (a link to the checkout);
// installed, in <prefix>/libexec/grade/labs and <prefix>/share/grade. $GRADE_ROOT names another course; if there is
// none at either place, the nearest course.toml in or above the current directory counts. Throws UsageError.
Installation FindInstallation(const Caller& caller);

}  // namespace grader::cli
