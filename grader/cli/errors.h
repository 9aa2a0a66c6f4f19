#pragma once

#include <stdexcept>

namespace grader::cli {

// What was typed, or what it names, is wrong. One line: "what; what to do". Exit status 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The grader or the machine fails. One line. Exit status 3.
class FaultError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A person or the system asked us to end (os::Termination); everything started has been ended.
class Interrupted : public std::exception {
 public:
  const char* what() const noexcept override { return "interrupted"; }
};

}  // namespace grader::cli
