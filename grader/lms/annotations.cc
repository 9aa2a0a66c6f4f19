#include "grader/lms/annotations.h"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>

#include "grader/lms/told.h"
#include "grader/report/text.h"

namespace grader::lms {
namespace {

constexpr int kMost = 10;

// https://docs.github.com/actions/reference/workflow-commands-for-github-actions: in a property also ',' and ':'.
std::string Escaped(std::string_view text, std::string_view special) {
  std::string escaped;
  for (const char c : text) {
    if (special.find(c) == std::string_view::npos) {
      escaped += c;
    } else {
      escaped += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return escaped;
}

std::string Property(std::string_view text) { return Escaped(text, "%\r\n:,"); }
std::string Message(std::string_view text) { return Escaped(text, "%\r\n"); }

std::string Command(std::string_view kind, std::string_view place, std::string_view title, std::string_view message) {
  return fmt::format("::{} {}title={}::{}\n", kind, place, Property(title), Message(message));
}

// Paths are those of the repository: the submission's folder as it was typed, from its root.
std::string PlaceOf(const report::Grading& grading, const ToldCheck& check) {
  if (check.line == 0) return {};
  const auto path =
      (std::filesystem::path(report::OneLine(grading.subject.submission)) / check.file).lexically_normal();
  return fmt::format("file={},line={},", Property(path.string()), check.line);
}

}  // namespace

std::string Annotations(const report::Grading& grading) {
  const Told told = Tell(grading);
  if (!told.final) return Command("warning", "", "No score", told.text);
  std::string commands;
  int shown = 0;
  int left_out = 0;
  for (const ToldCheck& check : told.checks) {
    if (check.passed) continue;
    if (++shown > kMost) {
      ++left_out;
    } else {
      commands += Command("error", PlaceOf(grading, check), check.title, check.text);
    }
  }
  const std::string more = left_out == 0 ? "" : fmt::format("; {} more checks did not pass", left_out);
  return commands + Command("notice", "", "Points", told.text + more);
}

}  // namespace grader::lms
