#pragma once

#include <string>

#include "grader/cli/installation.h"

namespace grader::cli {

// What every command knows of its caller.
struct Context {
  Caller caller;
  std::string program;            // how the user calls us: "grade", "./grade"; in hints on what to type next
  std::string program_elsewhere;  // the same on a student's machine: without a path of this one
};

// From main's argv[0] and the process itself. Throws std::system_error or std::filesystem::filesystem_error.
Context ContextOf(const char* argv0);

}  // namespace grader::cli
