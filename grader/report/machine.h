#pragma once

#include <string>

namespace grader::report {

// Where a grading ran; written into JUnit and JSON.
struct Machine {
  std::string host;    // "localhost" if it has no name
  std::string system;  // "Debian GNU/Linux 12 (bookworm)"
  std::string kernel;  // "6.1.0-18-amd64"
  int processors = 1;  // those this process may use (sched_getaffinity(2))
};

// Never throws: what cannot be found out is said so.
Machine ThisMachine();

}  // namespace grader::report
