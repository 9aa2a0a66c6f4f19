#include "grader/checks/failure_text.h"

#include <regex>

#include "grader/checks/check_info_json.h"
#include "grader/checks/json_text.h"
#include "grader/checks/printing.h"
#include "grader/checks/timeline_json.h"

namespace grader::checks {
namespace {

// Control characters are escaped inside JSON and in values that GoogleTest prints, so this stands for nothing else.
constexpr char kMark = '\x1e';

ShownFailure Decode(std::string_view json) {
  const auto object = ParseJson(json);
  const JsonFields fields(object, "");
  return {FailureFromJson(fields.Object("failure")), fields.Text("output"),
          TimelineFromJson(fields.Object("timeline"))};
}

std::string Trimmed(std::string text) {
  const auto first = text.find_first_not_of(" \n");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \n") - first + 1);
}

bool StartsWith(const std::string& line, std::string_view start) { return line.compare(0, start.size(), start) == 0; }

// Joins lines [from, end) by newlines.
std::string Rest(const std::vector<std::string>& lines, std::size_t from) {
  std::string rest;
  for (std::size_t i = from; i < lines.size(); ++i) rest += (rest.empty() ? "" : "\n") + lines[i];
  return Trimmed(rest);
}

Failure About(const std::string& subject, const std::string& expected, const std::string& happened) {
  Failure failure;
  failure.expected = subject.empty() ? expected : subject + ": " + expected;
  failure.happened = happened;
  return failure;
}

// "Expected equality of these values:\n  lines.size()\n    Which is: 3\n  5\nuser's text". A value that is no literal
// has its own "Which is" line, which stands for the expression before it.
Failure FromEquality(const std::vector<std::string>& lines) {
  std::vector<std::string> values;
  std::size_t i = 1;
  for (; i < lines.size() && StartsWith(lines[i], "  "); ++i) {
    const auto text = Trimmed(lines[i]);
    if (StartsWith(text, "Which is: ") && !values.empty()) {
      values.back() = text.substr(std::string_view("Which is: ").size());
    } else {
      values.push_back(text);
    }
  }
  while (values.size() < 2) values.emplace_back("another value");
  return About(Rest(lines, i), values[1], values[0]);
}

// "Value of: x\nExpected: is > 3\n  Actual: 2 (of type int), explanation", or with Actual first, from EXPECT_TRUE.
Failure FromValue(const std::vector<std::string>& lines) {
  static const std::regex type(R"( \(of type [^\n]*?\)(?=,|$))");
  std::string expected;
  std::string actual;
  std::size_t i = 1;
  for (; i < lines.size(); ++i) {
    const auto text = Trimmed(lines[i]);
    if (StartsWith(text, "Expected: ")) {
      expected = text.substr(10);
    } else if (StartsWith(text, "Actual: ")) {
      actual = std::regex_replace(text.substr(8), type, "");
    } else if (!expected.empty() && !actual.empty()) {
      break;
    }
  }
  const auto subject = Rest(lines, i);
  if (expected == "true" || expected == "false")
    return About("", subject.empty() ? "a condition that holds" : subject, "it is not so");
  return About(subject, expected, actual);
}

// "Expected: (a) < (b), actual: 7 vs 5".
std::optional<Failure> FromComparison(const std::vector<std::string>& lines) {
  static const std::regex comparison(R"(Expected: \(.*\) (<|<=|>|>=|!=) \(.*\), actual: (.*) vs (.*))");
  std::smatch match;
  if (!std::regex_match(lines.front(), match, comparison)) return std::nullopt;
  return About(Rest(lines, 1), match[1].str() + " " + match[3].str(), match[2].str());
}

Failure FromPlainText(const std::string& message) {
  const auto lines = SplitLines(message);
  if (lines.empty()) return About("", "", "a condition of this check does not hold");
  if (StartsWith(lines[0], "Expected equality of these values:")) return FromEquality(lines);
  if (StartsWith(lines[0], "Value of: ")) return FromValue(lines);
  if (auto failure = FromComparison(lines)) return *failure;
  const std::size_t first = lines[0] == "Failed" ? 1 : 0;
  return About("", "", Rest(lines, first));
}

}  // namespace

std::string EncodeFailure(const ShownFailure& shown) {
  const nlohmann::json json = {{"failure", FailureToJson(shown.failure)},
                               {"output", TextToJson(shown.output)},
                               {"timeline", TimelineToJson(shown.timeline)}};
  return kMark + json.dump() + kMark;
}

std::vector<ShownFailure> DecodeFailures(std::string_view message) {
  std::vector<ShownFailure> found;
  for (auto start = message.find(kMark); start != std::string_view::npos;) {
    const auto end = message.find(kMark, start + 1);
    if (end == std::string_view::npos) break;
    found.push_back(Decode(message.substr(start + 1, end - start - 1)));
    start = message.find(kMark, end + 1);
  }
  if (found.empty()) found.push_back({FromPlainText(std::string(message)), {}});
  return found;
}

}  // namespace grader::checks
