#include "grader/cli/report_files.h"

#include <unistd.h>

#include <charconv>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <system_error>

#include "grader/cli/errors.h"
#include "grader/course/nearest.h"
#include "grader/report/file.h"
#include "grader/report/html_page.h"
#include "grader/report/json.h"
#include "grader/report/sent.h"
#include "grader/report/trace.h"

namespace grader::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolder = ".grade";
constexpr const char* kStandardOutput = "-";

// 0 if it is not set or no number.
double NumberOf(const report::Environment& environment, const std::string& name) {
  const std::string text = environment(name).value_or("");
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// A hand-in that is graded where it lies may bring such a folder. Nothing in it decides where we write.
void RefuseToBeLedAway(const fs::path& folder, const fs::path& file) {
  std::error_code told_when_it_is_written;
  if (fs::is_symlink(fs::symlink_status(folder, told_when_it_is_written))) {
    throw UsageError("the folder .grade is a link here; remove it, or name a report's file with --junit");
  }
  if (fs::exists(folder, told_when_it_is_written) && !fs::is_directory(folder, told_when_it_is_written)) {
    throw UsageError(".grade is no folder here; remove it, or name a report's file with --junit");
  }
  const fs::file_status found = fs::symlink_status(folder / file, told_when_it_is_written);
  if (!fs::exists(found) || fs::is_regular_file(found) || fs::is_directory(found)) return;
  fs::remove(folder / file, told_when_it_is_written);
}

}  // namespace

std::optional<std::string> DefaultJunit(const std::string& lab, const fs::path& directory) {
  const fs::path folder = directory / kFolder;
  const fs::path file = lab + ".junit.xml";
  RefuseToBeLedAway(folder, file);
  std::error_code error;
  if (fs::create_directory(folder, error)) std::ofstream(folder / ".gitignore") << "*\n";
  if (error == std::errc::permission_denied || error == std::errc::read_only_file_system) return std::nullopt;
  if (error)
    throw FaultError("cannot make the folder .grade here: " + error.message() + "; name a report's file with --junit");
  if (access(folder.c_str(), W_OK | X_OK) != 0) return std::nullopt;
  return (fs::path(kFolder) / file).string();
}

void EnsureWritable(const ReportFiles& files) {
  std::vector<std::string> all;
  for (const auto& file : {files.junit, files.json, files.html, files.trace}) {
    if (file) all.push_back(*file);
  }
  for (const ExportFile& one : files.exports) {
    if (one.file != kStandardOutput) all.push_back(one.file);
  }
  for (const std::string& file : all) {
    try {
      report::EnsureWritable(file);
    } catch (const report::ReportError& error) {
      throw UsageError(error.what());
    }
  }
}

void Write(const ReportFiles& files, const report::Grading& grading) {
  if (files.junit) report::WriteReport(*files.junit, report::JunitXml(grading, {.dialect = files.dialect}));
  if (files.json) report::WriteReport(*files.json, report::JsonText(grading));
  if (files.html) report::WriteReport(*files.html, report::HtmlText(grading));
  if (files.trace) report::WriteReport(*files.trace, report::TraceJson(grading));
}

std::optional<std::string> WriteSent(const ReportFiles& files, const report::Grading& grading) {
  std::error_code absent;
  if (!files.junit) return std::nullopt;
  if (fs::exists(*files.junit, absent) && !fs::is_regular_file(*files.junit, absent)) return std::nullopt;
  const fs::path folder = fs::path(*files.junit).parent_path();
  try {
    report::WriteSent(grading, report::Audience::kStudent, folder);
  } catch (const report::ReportError&) {
    return std::nullopt;
  }
  return folder.string();
}

ExportFile ParseExport(const std::string& text) {
  const std::string name = text.substr(0, text.find('='));
  const auto names = lms::FormatNames();
  std::string all;
  for (const std::string& one : names) all += (all.empty() ? "" : ", ") + one;
  if (name.size() + 1 >= text.size()) {
    throw UsageError("--export wants FORMAT=FILE, such as gradescope=results.json; formats: " + all);
  }
  try {
    return {lms::FormatOf(name), text.substr(name.size() + 1)};
  } catch (const std::invalid_argument&) {
    const std::string near = course::DidYouMean(name, names);
    throw UsageError("there is no format '" + name + "' for --export" + (near.empty() ? "; choose of " + all : near));
  }
}

void Export(const ReportFiles& files, const report::Grading& grading, const report::Environment& environment) {
  const lms::VplScale scale{NumberOf(environment, "VPL_GRADEMIN"), NumberOf(environment, "VPL_GRADEMAX")};
  for (const ExportFile& one : files.exports) {
    const std::string text = lms::Exported(one.format, grading, scale);
    if (one.file == kStandardOutput) {
      std::cout << text << std::flush;
    } else {
      report::WriteReport(one.file, text);
    }
  }
}

}  // namespace grader::cli
