#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace grader::lms {

enum class Language { kCpp, kPython };

// One file of a submission.
struct Source {
  std::string name;  // relative to the submission's folder, as it is
  Language language = Language::kCpp;
  std::string text;  // no characters but printable ones, newlines and blanks; as many lines as the file has
};

// The C++ and Python files in a folder, at any depth, by name. Links are not followed and what begins with a dot is
// left out, as is what is beyond all reason: files over 256 KiB, and those after the 200th or after 2 MiB. Throws
// std::system_error.
std::vector<Source> SourcesIn(const std::filesystem::path& folder);

}  // namespace grader::lms
