#include "grader/cli/report_files.h"

#include <unistd.h>

#include <fstream>
#include <system_error>

#include "grader/cli/errors.h"
#include "grader/report/file.h"
#include "grader/report/json.h"

namespace grader::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolder = ".grade";

}  // namespace

std::optional<std::string> DefaultJunit(const std::string& lab, const fs::path& directory) {
  const fs::path folder = directory / kFolder;
  std::error_code error;
  if (fs::create_directory(folder, error)) std::ofstream(folder / ".gitignore") << "*\n";
  if (error == std::errc::permission_denied || error == std::errc::read_only_file_system) return std::nullopt;
  if (error)
    throw FaultError("cannot make the folder .grade here: " + error.message() + "; name a report's file with --junit");
  if (access(folder.c_str(), W_OK | X_OK) != 0) return std::nullopt;
  return (fs::path(kFolder) / (lab + ".junit.xml")).string();
}

void EnsureWritable(const ReportFiles& files) {
  for (const auto& file : {files.junit, files.json}) {
    if (!file) continue;
    try {
      report::EnsureWritable(*file);
    } catch (const report::ReportError& error) {
      throw UsageError(error.what());
    }
  }
}

void Write(const ReportFiles& files, const report::Grading& grading) {
  if (files.junit) report::WriteReport(*files.junit, report::JunitXml(grading, {.dialect = files.dialect}));
  if (files.json) report::WriteReport(*files.json, report::JsonText(grading));
}

}  // namespace grader::cli
