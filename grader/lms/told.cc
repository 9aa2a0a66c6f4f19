#include "grader/lms/told.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "grader/report/bounds.h"
#include "grader/report/explain.h"
#include "grader/report/text.h"

namespace grader::lms {
namespace {

using report::Bounded;
using report::OneLine;
using report::Verdict;
using report::Visible;

constexpr os::Bytes kLine{300};
constexpr os::Bytes kTextOfOne = os::KiB(8);
constexpr os::Bytes kMessages = os::KiB(8);  // of a compiler
constexpr std::size_t kSmallestShare = 256;

std::string Line(std::string_view text, os::Bytes limit = kLine) { return OneLine(Bounded(OneLine(text), limit)); }

std::string Text(std::string_view text, os::Bytes limit) { return Bounded(Visible(text), limit); }

os::Bytes ShareOfEach(std::size_t checks) {
  const std::size_t share = std::max<std::size_t>(kTextsOfAll.count / std::max<std::size_t>(checks, 1), kSmallestShare);
  return os::Bytes{std::min<std::size_t>(share, kTextOfOne.count)};
}

// "reap.cpp:31", also with more behind it. What is no such place leaves both empty.
void TakePlace(std::string_view location, ToldCheck& told) {
  const auto colon = location.find(':');
  if (colon == 0 || colon == std::string_view::npos) return;
  int line = 0;
  const char* end = location.data() + location.size();
  if (std::from_chars(location.data() + colon + 1, end, line).ec != std::errc() || line <= 0) return;
  told.file = Line(location.substr(0, colon));
  told.line = line;
}

ToldCheck Tell(const report::Grading& grading, const report::GradedCheck& check, os::Bytes limit) {
  ToldCheck told{.id = Line(check.info.id),
                 .title = Line(check.info.title.empty() ? check.info.id : check.info.title),
                 .passed = check.verdict == Verdict::kPassed,
                 .points = check.result.points,
                 .max_points = check.info.points};
  if (told.title.empty()) told.title = "unnamed";
  told.group = told.id.substr(0, told.id.find('.'));
  if (told.group.empty()) told.group = "checks";
  if (told.passed) return told;
  // Its first line is the title, which stands beside it everywhere.
  told.text = Text(Explanation(grading, check).substr(check.info.title.size() + 1), limit);
  told.summary = Line(Summary(check));
  told.hint = check.verdict == Verdict::kFailed ? Line(HintFor(grading, check)) : "";
  told.replay = Line(ReplayCommand(grading, check), os::KiB(2));
  if (!check.result.failures.empty()) TakePlace(check.result.failures.front().location, told);
  return told;
}

std::string TextOf(const report::Grading& grading, const std::string& verdict) {
  std::string text = verdict + "\n";
  for (const std::string& fault : grading.faults) text += Line(fault, kMessages) + "\n";
  for (const auto& build : grading.builds) {
    if (build.ok) continue;
    text += fmt::format("\n{} did not build: {}\n{}\n", Line(build.program), Line(build.summary),
                        Text(build.messages, kMessages));
  }
  return Bounded(text, os::KiB(32));
}

}  // namespace

Told Tell(const report::Grading& whole) {
  const report::Grading grading = WithBounds(Redacted(whole, report::Audience::kStudent));
  const auto points = PointsOf(grading);
  Told told{
      .points = points.earned, .max_points = points.total, .final = OverallOf(grading) != report::Overall::kFault};
  told.verdict =
      told.final ? fmt::format("{} of {} points", report::PointsText(told.points), report::PointsText(told.max_points))
                 : fmt::format("No score. {}", report::kNotYourFault);
  told.text = TextOf(grading, told.verdict);
  const os::Bytes limit = ShareOfEach(grading.checks.size());
  for (const auto& check : grading.checks) told.checks.push_back(Tell(grading, check, limit));
  return told;
}

double ShareOf(const Told& told) {
  if (told.max_points > 0) return std::clamp(told.points / told.max_points, 0.0, 1.0);
  return std::ranges::all_of(told.checks, &ToldCheck::passed) ? 1 : 0;
}

}  // namespace grader::lms
