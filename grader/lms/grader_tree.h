// The grader of one lab as files that run on another machine: what an installation holds, the libraries it needs, and a
// script that grades a folder.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/course/course.h"
#include "grader/lms/packed.h"

namespace grader::lms {

struct GraderParts {
  std::filesystem::path grade;    // the executable
  std::filesystem::path checks;   // of the lab
  std::filesystem::path runtime;  // of the controlled scheduler; left out if it is not there
  const course::Course& course;
  const course::Lab& lab;
};

//   grader/run                    grades a folder: run FOLDER [OPTION of grade...]
//   grader/bin, libexec, lib      executables without symbols, and libraries beyond those of every system
//   grader/share/grade/           course.toml, the lab without checks/, right/ and wrong/, its skeleton
// There is no reference, no source of a check and no other lab in it. `scratch` is an empty folder. Throws
// std::runtime_error.
std::vector<PackFile> GraderTree(const GraderParts& parts, const std::filesystem::path& scratch);

}  // namespace grader::lms
