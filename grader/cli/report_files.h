#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "grader/cli/installation.h"
#include "grader/lms/export.h"
#include "grader/report/grading.h"
#include "grader/report/junit.h"

namespace grader::cli {

// A file for a learning platform or a CI service; "-" is standard output.
struct ExportFile {
  lms::Format format;
  std::string file;
};

// "gradescope=results.json". Throws UsageError.
ExportFile ParseExport(const std::string& text);

// Which reports a grading leaves as files. Paths are as the user typed them, relative to the current directory.
struct ReportFiles {
  std::optional<std::string> junit;
  std::optional<std::string> json;
  std::optional<std::string> html;
  std::optional<std::string> trace;
  report::JunitDialect dialect = report::JunitDialect::kStrict;
  std::vector<ExportFile> exports;
};

// Where the JUnit file goes unless told: .grade/lab02-reap.junit.xml in `directory`; nowhere if that cannot be written
// to, which is no reason not to grade. The folder .grade is made here, and ignored by git. A link or pipe
// at the file's place is removed; throws UsageError if .grade itself is a link.
std::optional<std::string> DefaultJunit(const std::string& lab, const std::filesystem::path& directory);

// Throws UsageError if one of the files is sure to fail; asked before a grading.
void EnsureWritable(const ReportFiles& files);

// Writes junit and json, each whole or not at all. Throws report::ReportError.
void Write(const ReportFiles& files, const report::Grading& grading);

// Puts what was sent to a program and did it harm beside the JUnit file (report/sent.h), and says where; nowhere if
// there is no such folder, or that failed, which is no reason to lose the rest.
std::optional<std::string> WriteSent(const ReportFiles& files, const report::Grading& grading);

// Writes the exports; last, since some platforms read standard output and take the end of it. The scale of Moodle's VPL
// comes from the environment. Throws report::ReportError.
void Export(const ReportFiles& files, const report::Grading& grading, const report::Environment& environment);

}  // namespace grader::cli
