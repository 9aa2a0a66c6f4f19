#pragma once

#include <stdexcept>
#include <string>

namespace grader::course {

// Something the user wrote or named is wrong: one line, "file:line:column: what; what to do". Exit status 2.
class CourseError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace grader::course
