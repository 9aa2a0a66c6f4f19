#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/course/lab.h"

namespace grader::course {

// A submission that proves a lab's checks: files that replace or join those of the reference.
struct Variant {
  std::string name;                   // "right/python", "wrong/leaves-zombies"
  std::filesystem::path folder;       // labs/<id>/<name>
  std::string why;                    // what is wrong with it; may be empty for a right one
  std::vector<std::string> fails;     // exactly the checks it fails; none for a right one
  std::vector<std::string> may_fail;  // checks that a bug shows only sometimes, or on some machines
  std::vector<std::string> removes;   // files of the reference that it does not have
};

// The folder's file of expectations; not part of the submission.
inline constexpr const char* kExpectFile = "expect.toml";

// labs/<id>/right/*, then labs/<id>/wrong/*, by name. Throws CourseError: a wrong one must say why and what it fails.
std::vector<Variant> VariantsOf(const Lab& lab);

}  // namespace grader::course
