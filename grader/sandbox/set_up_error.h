#pragma once

#include <stdexcept>

namespace grader::sandbox {

// The sandbox could not be made: the grader's or the machine's fault. what() names the step, the call and the reason.
class SetUpError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace grader::sandbox
