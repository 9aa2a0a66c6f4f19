// The files of a submission that the compiler may see, read by the grader. The folder is the student's: nothing in it
// is trusted to be what its name says.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "grader/build/builder.h"

namespace grader::build {

struct SourceFile {
  std::string name;  // relative to its folder: "reap.cpp", "net/line_reader.h"
  std::string content;
};

struct SourceFiles {
  std::vector<SourceFile> files;     // the sources first, in their order, then headers by name
  std::vector<std::string> refused;  // one sentence for each header that is not shown: "x.h is a link"
  std::string problem;               // why the sources cannot be had, for the student; empty if they can
};

enum class Language { kCpp, kPython };

// The sources of target, the given headers, and all other headers anywhere in the submission; for Python, <name>.py and
// all other .py files. Links, files that are no plain files and those above 1 MiB are refused; so is what would come on
// top of 512 files or 16 MiB.
SourceFiles ReadSubmission(const std::filesystem::path& submission, const Target& target, Language language);

// Which form of target the submission has: C++ if all its sources are there, or if there is no Python form either.
Language ChooseLanguage(const std::filesystem::path& submission, const Target& target);

// Whether the submission has something called <target>.py, when it is not what is built.
bool HasPythonForm(const std::filesystem::path& submission, const Target& target);

// The trusted extra sources, by file name, and the headers beside them. Throws std::system_error if one cannot be read.
std::vector<SourceFile> ReadExtraSources(const Target& target);

}  // namespace grader::build
