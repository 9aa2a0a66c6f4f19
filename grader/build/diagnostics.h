// What a compiler said, put in order for a student.
#pragma once

#include <string>

namespace grader::build {

struct Diagnostics {
  std::string text;  // errors with their notes first, then warnings; paths as the student knows them; bounded
  int errors = 0;
  int warnings = 0;
  int undefined = 0;       // names that the linker did not find, main apart
  bool no_main = false;    // it did not find main
  bool too_large = false;  // a file grew over the limit
};

// raw is g++'s whole stderr, or its head.
Diagnostics ReadDiagnostics(const std::string& raw);

}  // namespace grader::build
