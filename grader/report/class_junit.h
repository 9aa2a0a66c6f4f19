#pragma once

#include <string>
#include <vector>

namespace grader::report {

// One submission's part of a class's report.
struct ClassSuite {
  std::string student;  // the id
  std::string junit;    // what JunitXml() gave
};

// One JUnit file for a class: the suites of all, in the given order, each called "<lab>.<student>", its test cases'
// classes "<lab>.<student>.<group>", so that readers keep them apart. Of the same dialect as its parts. A part that is
// no such document throws std::invalid_argument.
std::string ClassJunitXml(const std::vector<ClassSuite>& parts);

}  // namespace grader::report
