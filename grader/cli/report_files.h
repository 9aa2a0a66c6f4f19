#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "grader/report/grading.h"
#include "grader/report/junit.h"

namespace grader::cli {

// Which reports a grading leaves as files. Paths are as the user typed them, relative to the current directory.
struct ReportFiles {
  std::optional<std::string> junit;
  std::optional<std::string> json;
  report::JunitDialect dialect = report::JunitDialect::kStrict;
};

// Where the JUnit file goes unless told: .grade/lab02-reap.junit.xml in `directory`; nowhere if that cannot be written
// to, which is no reason not to grade. The folder .grade is made here, and ignored by git.
std::optional<std::string> DefaultJunit(const std::string& lab, const std::filesystem::path& directory);

// Throws UsageError if one of the files is sure to fail; asked before a grading.
void EnsureWritable(const ReportFiles& files);

// Writes them, each whole or not at all. Throws report::ReportError.
void Write(const ReportFiles& files, const report::Grading& grading);

}  // namespace grader::cli
