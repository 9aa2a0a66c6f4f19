// What a checks executable may send, to reports that must be well formed.
#include <tinyxml2.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "grader/checks/protocol.h"
#include "grader/report/grading.h"
#include "grader/report/html_page.h"
#include "grader/report/json.h"
#include "grader/report/junit.h"
#include "grader/report/terminal.h"
#include "grader/report/trace.h"
#include "tests/fuzz/target.h"

namespace grader::fuzz {
namespace {

report::Grading GradingOf(std::string_view bytes) {
  report::GradingBuilder builder(
      {.lab = "lab02-reap", .title = "Reap", .submission = std::string(bytes.substr(0, 40))});
  while (!bytes.empty()) {
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    bytes.remove_prefix(std::min(bytes.size(), line.size() + 1));
    try {
      builder.Add(checks::FromLine(line));
    } catch (const std::invalid_argument& error) {
      builder.AddFault(error.what());
    }
  }
  return std::move(builder).Finish(std::chrono::milliseconds(5));
}

void RequireXml(const std::string& text) {
  tinyxml2::XMLDocument document;
  Require(document.Parse(text.data(), text.size()) == tinyxml2::XML_SUCCESS, "JUnit and pages are XML");
  // What XML 1.0 has no way to say.
  for (const unsigned char byte : text) Require(byte >= ' ' || byte == '\n' || byte == '\t', "no control characters");
}

}  // namespace

void Try(std::string_view bytes) {
  const report::Grading grading = GradingOf(bytes);
  for (const auto audience : {report::Audience::kStudent, report::Audience::kInstructor}) {
    RequireXml(report::JunitXml(grading, {.dialect = report::JunitDialect::kStrict, .audience = audience}));
    RequireXml(report::JunitXml(grading, {.dialect = report::JunitDialect::kRich, .audience = audience}));
    RequireXml(report::HtmlText(grading, audience));
    Require(nlohmann::json::parse(report::JsonText(grading, audience)).is_object(), "JSON is one object");
    Require(nlohmann::json::parse(report::TraceJson(grading, audience)).is_object(), "a trace is one object");
    const std::string shown = report::TerminalText(grading, {.detail = report::Detail::kFull, .audience = audience});
    Require(shown.ends_with('\n') && shown.find('\x1b') == std::string::npos, "the terminal gets no commands");
  }
}

}  // namespace grader::fuzz
