#pragma once

#include <optional>
#include <string>
#include <vector>

namespace grader::observe {

// One call on a stack, innermost first.
struct Frame {
  std::string function;  // demangled; empty if unknown
  std::string file;      // as the compiler was given it: "reap.cpp"; empty if unknown
  int line = 0;          // 0 if unknown
  bool in_submission = false;
};

using Stack = std::vector<Frame>;

// The innermost frame of the student's own code that has a line, if any.
std::optional<Frame> StudentFrame(const Stack& stack);

}  // namespace grader::observe
