#include "grader/lms/vpl.h"

#include <fmt/format.h>

#include <sstream>

#include "grader/lms/told.h"

namespace grader::lms {
namespace {

constexpr const char* kComment = "Comment :=>>";

// Lines that begin with '>' are shown as they are.
std::string Verbatim(const std::string& text) {
  std::string lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines += fmt::format("{}>{}\n", kComment, line);
  return lines;
}

// A title, and in brackets what it costs.
std::string Title(const ToldCheck& check) {
  const double lost = check.max_points - check.points;
  const std::string cost = lost > 0 ? fmt::format(" (-{})", report::PointsText(lost)) : "";
  return fmt::format("{}-{}{}\n", kComment, check.title, cost);
}

}  // namespace

std::string VplLines(const report::Grading& grading, const VplScale& scale) {
  const Told told = Tell(grading);
  std::string lines = fmt::format("{}-{}\n", kComment, told.verdict) + Verbatim(told.text);
  if (!told.final) return lines;
  for (const ToldCheck& check : told.checks) {
    if (!check.passed) lines += Title(check) + Verbatim(check.text);
  }
  const double grade = scale.max > scale.min ? scale.min + ShareOf(told) * (scale.max - scale.min) : told.points;
  return lines + fmt::format("Grade :=>>{}\n", report::PointsText(grade));
}

}  // namespace grader::lms
