#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "grader/course/lab.h"

namespace grader::cli {

// A folder that is to be graded.
struct Submission {
  std::filesystem::path folder;  // absolute, without links
  std::string shown;             // as the user typed it, or would
};

// The folder `typed`; without one, the lab's folder in `directory` (./lab02-reap, ./lab2, ./reap) or `directory`
// itself, if the lab's programs are there. Throws UsageError if it is no readable folder that holds at least one of the
// programs.
Submission FindSubmission(const course::Lab& lab, const std::optional<std::string>& typed,
                          const std::filesystem::path& directory);

// The lab's folder in `directory`, if there is one.
std::optional<std::string> LabFolderIn(const course::Lab& lab, const std::filesystem::path& directory);

// "lab2", as messages call it.
std::string ShortName(const course::Lab& lab);

}  // namespace grader::cli
