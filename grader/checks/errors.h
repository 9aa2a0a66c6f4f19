#pragma once

#include <stdexcept>
#include <string>

namespace grader::checks {

// A run was spoilt by the grader or the machine: the check is a fault, and costs the student nothing.
class GraderFaultError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A program under the controlled scheduler made a call of which that has no model. A fault, unless the check knows
// better.
class UnsupportedCallError : public GraderFaultError {
 public:
  using GraderFaultError::GraderFaultError;
};

// A check wanted to run a program that did not build: the check fails. what() is the build's summary for the student.
class BuildFailedError : public std::runtime_error {
 public:
  BuildFailedError(std::string program, const std::string& summary)
      : std::runtime_error(summary), program_(std::move(program)) {}

  const std::string& program() const { return program_; }

 private:
  std::string program_;
};

// The command's arguments or the assignment are wrong, or the lab itself is: one line for its author.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace grader::checks
