#include <fmt/format.h>

#include <algorithm>

#include "grader/checks/matchers.h"
#include "grader/checks/printing.h"

namespace grader::checks {
namespace {

using observe::Observation;
using Texts = std::vector<std::string>;

constexpr std::size_t kLongestShown = 120;

// A line for a message: short, and with what cannot be seen made visible.
std::string Shown(const std::string& line) {
  std::string shown;
  for (const char c : line.substr(0, kLongestShown)) {
    const auto byte = static_cast<unsigned char>(c);
    shown += byte < 0x20 || byte == 0x7f ? fmt::format("\\x{:02x}", byte) : std::string(1, c);
  }
  return "\"" + shown + (line.size() > kLongestShown ? "\"..." : "\"");
}

std::optional<Problem> NotWhole(const observe::Captured& captured) {
  if (!captured.complete()) return Problem{"it printed far more than that", {}, {}};
  const auto text = captured.text();
  if (!text.empty() && text.back() != '\n') return Problem{"the last line has no newline at its end", {}, {}};
  return std::nullopt;
}

// "it printed 3 lines instead of 2" or "line 2 is different", with the lines.
Problem Different(const Texts& found, const Texts& wanted) {
  const auto common = std::mismatch(found.begin(), found.end(), wanted.begin(), wanted.end());
  const auto at = static_cast<std::size_t>(common.first - found.begin());
  Problem problem;
  problem.happened = found.empty() ? "it printed nothing" : fmt::format("line {} is different", at + 1);
  if (at < wanted.size()) problem.facts.push_back(fmt::format("line {} should be {}", at + 1, Shown(wanted[at])));
  if (at < wanted.size() && at >= found.size() && at > 0) problem.happened = fmt::format("line {} is missing", at + 1);
  if (at < found.size()) problem.facts.push_back(fmt::format("line {} is {}", at + 1, Shown(found[at])));
  if (at >= wanted.size())
    problem.happened = fmt::format("it printed {} too many", Count(found.size() - at, "line", "lines"));
  return problem;
}

void Remove(Texts& from, const Texts& what) {
  for (const auto& line : what) {
    const auto at = std::find(from.begin(), from.end(), line);
    if (at != from.end()) from.erase(at);
  }
}

Problem DifferentInAnyOrder(const Texts& found, const Texts& wanted) {
  Texts missing = wanted;
  Texts surplus = found;
  Remove(missing, found);
  Remove(surplus, wanted);
  Problem problem;
  problem.happened = found.empty()
                         ? "it printed nothing"
                         : fmt::format("{} missing, {} too many", Count(missing.size(), "line is", "lines are"),
                                       Count(surplus.size(), "line is", "lines are"));
  for (const auto& line : missing) problem.facts.push_back("missing: " + Shown(line));
  for (const auto& line : surplus) problem.facts.push_back("too many: " + Shown(line));
  problem.facts = Bounded(std::move(problem.facts));
  return problem;
}

std::string Wanted(const Texts& lines, const std::string& order) {
  if (lines.size() == 1) return "it prints the line " + Shown(lines.front());
  return fmt::format("it prints these {} lines{}", lines.size(), order);
}

}  // namespace

RunMatcher PrintsLines(Texts lines) {
  const auto expected = Wanted(lines, "");
  return Judge(expected, [lines = std::move(lines)](const Observation& run) -> std::optional<Problem> {
    const auto found = Lines(run);
    if (run.out.complete() && found != lines) return Different(found, lines);
    return NotWhole(run.out);
  });
}

RunMatcher PrintsLinesInAnyOrder(Texts lines) {
  const auto expected = Wanted(lines, ", in any order");
  return Judge(expected, [lines = std::move(lines)](const Observation& run) -> std::optional<Problem> {
    const auto found = Lines(run);
    if (run.out.complete() && !std::is_permutation(found.begin(), found.end(), lines.begin(), lines.end())) {
      return DifferentInAnyOrder(found, lines);
    }
    return NotWhole(run.out);
  });
}

RunMatcher PrintsLinesThat(std::string expected, ::testing::Matcher<const Texts&> matcher) {
  return Judge(std::move(expected), [matcher = std::move(matcher)](const Observation& run) -> std::optional<Problem> {
    const auto found = Lines(run);
    if (run.out.complete() && !matcher.Matches(found)) {
      Problem problem{found.empty() ? "it printed nothing" : "it printed other lines", {}, {}};
      for (const auto& line : found) problem.facts.push_back("printed: " + Shown(line));
      problem.facts = Bounded(std::move(problem.facts));
      return problem;
    }
    return NotWhole(run.out);
  });
}

RunMatcher PrintsNothing() {
  return Judge("it prints nothing", [](const Observation& run) -> std::optional<Problem> {
    if (run.out.complete() && run.out.head.empty()) return std::nullopt;
    const auto lines = Lines(run);
    return Problem{"it printed " + Count(lines.size(), "line", "lines"), {"the first is " + Shown(lines.front())}, {}};
  });
}

RunMatcher PrintsOneErrorLine() {
  return Judge("it prints one line to stderr, and nothing to stdout",
               [](const Observation& run) -> std::optional<Problem> {
                 if (!run.out.complete() || !run.out.head.empty()) {
                   return Problem{"it printed to stdout", {"the first line is " + Shown(Lines(run).front())}, {}};
                 }
                 const auto lines = SplitLines(run.err.text());
                 if (lines.empty()) return Problem{"it printed nothing to stderr", {}, {}};
                 if (lines.size() > 1 || !run.err.complete()) {
                   return Problem{"it printed " + Count(lines.size(), "line", "lines") + " to stderr", {}, {}};
                 }
                 if (lines.front().find_first_not_of(" \t\r") == std::string::npos) {
                   return Problem{"the line on stderr is empty", {}, {}};
                 }
                 return NotWhole(run.err);
               });
}

}  // namespace grader::checks
