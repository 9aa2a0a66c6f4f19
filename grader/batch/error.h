#pragma once

#include <stdexcept>

namespace grader::batch {

// What the instructor gave is wrong: the roster, the folder of hand-ins, the results folder. One line: "what; what to
// do", with file and line where there is one.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The machine fails: the results cannot be kept. One line.
class StoreError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace grader::batch
