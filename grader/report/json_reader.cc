#include "grader/report/json_reader.h"

#include <date/date.h>
#include <algorithm>
#include <charconv>
#include <sstream>
#include <stdexcept>

#include "grader/checks/json_fields.h"
#include "grader/checks/timeline_json.h"

namespace grader::report {
namespace {

using checks::JsonFields;

std::uint64_t SeedFrom(const JsonFields& fields) {
  const std::string text = fields.Text("seed");
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (error != std::errc() || end != text.data() + text.size()) fields.Refuse("seed", "not a number");
  return seed;
}

std::chrono::system_clock::time_point StartFrom(const JsonFields& fields) {
  std::istringstream text(fields.Text("started"));
  date::sys_time<std::chrono::milliseconds> moment;
  text >> date::parse("%FT%TZ", moment);
  if (text.fail()) fields.Refuse("started", "not a moment");
  return moment;
}

Verdict VerdictFrom(const JsonFields& fields) {
  const std::string word = fields.Text("verdict");
  if (word == "passed") return Verdict::kPassed;
  if (word == "failed") return Verdict::kFailed;
  if (word == "skipped") return Verdict::kSkipped;
  if (word == "fault") return Verdict::kFault;
  if (word == "left_out") return Verdict::kLeftOut;
  fields.Refuse("verdict", "unknown");
}

checks::CheckStatus StatusOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
      return checks::CheckStatus::kPassed;
    case Verdict::kFailed:
      return checks::CheckStatus::kFailed;
    case Verdict::kSkipped:
      return checks::CheckStatus::kSkipped;
    case Verdict::kFault:
    case Verdict::kLeftOut:
      break;
  }
  return checks::CheckStatus::kFault;
}

// "Event.WakesAll@4711/1.x" names the check and the seed, which are told besides.
std::string ScheduleIn(const std::string& token) {
  const auto slash = token.find('/');
  return slash == std::string::npos ? "" : token.substr(slash + 1);
}

checks::Failure FailureFrom(const JsonFields& fields) {
  return {.expected = fields.Text("expected"),
          .happened = fields.Text("happened"),
          .facts = fields.Texts("facts"),
          .run = fields.Text("run"),
          .location = fields.Text("location")};
}

std::string BytesOf(const JsonFields& sent) {
  const std::string digits = sent.Text("hex");
  std::string bytes;
  for (std::size_t at = 0; at < digits.size(); at += 2) {
    unsigned char byte = 0;
    const char* const begin = digits.data() + at;
    const char* const end = digits.data() + std::min(at + 2, digits.size());
    if (std::from_chars(begin, end, byte, 16).ptr != begin + 2) sent.Refuse("hex", "not pairs of hexadecimal digits");
    bytes.push_back(static_cast<char>(byte));
  }
  return bytes;
}

GradedCheck CheckFrom(const JsonFields& fields) {
  GradedCheck check;
  check.info.id = fields.Text("id");
  check.info.title = fields.Text("title");
  check.info.points = fields.Number("max_points");
  check.info.hint = fields.Text("hint");
  check.info.visibility =
      fields.Text("visibility") == "hidden" ? checks::Visibility::kHidden : checks::Visibility::kVisible;
  check.info.needs = fields.Texts("needs");
  check.info.file = fields.Text("file");
  check.info.line = static_cast<int>(fields.Whole("line"));
  check.verdict = VerdictFrom(fields);
  check.result.id = check.info.id;
  check.result.status = StatusOf(check.verdict);
  check.result.points = fields.Number("points");
  for (const JsonFields& failure : fields.Objects("failures")) check.result.failures.push_back(FailureFrom(failure));
  check.result.reason = fields.Text("reason");
  check.result.output = fields.Text("output");
  check.result.took = fields.Milliseconds("took_ms");
  if (fields.Has("attempt")) check.result.attempt = static_cast<int>(fields.Whole("attempt"));
  check.result.bound = fields.Text("bound");
  check.result.replay = ScheduleIn(fields.Text("token"));
  check.result.steps = fields.Text("steps");
  if (fields.Has("timeline") && fields.At("timeline").is_object()) {
    check.result.timeline = checks::TimelineFromJson(fields.Object("timeline"));
  }
  if (fields.Has("sent")) {
    const JsonFields sent = fields.Object("sent");
    check.result.sent = {BytesOf(sent), sent.Text("command")};
  }
  return check;
}

checks::BuildReport BuildFrom(const JsonFields& fields) {
  return {fields.Text("program"), fields.Flag("ok"),       fields.Flag("cached"),
          fields.Text("summary"), fields.Text("messages"), fields.Milliseconds("took_ms")};
}

Subject SubjectFrom(const JsonFields& fields) {
  const JsonFields lab = fields.Object("lab");
  const JsonFields machine = fields.Object("machine");
  return {.lab = lab.Text("id"),
          .title = lab.Text("title"),
          .submission = fields.Text("submission"),
          .command = fields.Text("command"),
          .only = fields.Texts("only"),
          .version = fields.Object("grader").Text("version"),
          .machine = {.host = machine.Text("host"),
                      .system = machine.Text("system"),
                      .kernel = machine.Text("kernel"),
                      .processors = static_cast<int>(machine.Whole("processors"))},
          .started = StartFrom(fields)};
}

}  // namespace

Grading GradingFromJson(std::string_view text) {
  const nlohmann::json object = checks::ParseJson(text);
  if (!object.is_object()) throw std::invalid_argument("not a report: no object");
  const JsonFields fields(object, "");
  Grading grading;
  grading.subject = SubjectFrom(fields);
  grading.seed = SeedFrom(fields);
  grading.isolation = fields.Text("isolation");
  for (const JsonFields& build : fields.Objects("builds")) grading.builds.push_back(BuildFrom(build));
  for (const JsonFields& check : fields.Objects("checks")) grading.checks.push_back(CheckFrom(check));
  grading.faults = fields.Texts("faults");
  grading.elapsed = fields.Milliseconds("elapsed_ms");
  return grading;
}

}  // namespace grader::report
