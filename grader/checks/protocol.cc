#include "grader/checks/protocol.h"

#include <stdexcept>

#include "grader/checks/check_info_json.h"
#include "grader/checks/json_fields.h"
#include "grader/checks/json_text.h"
#include "grader/checks/timeline_json.h"

namespace grader::checks {
namespace {

using nlohmann::json;

const char* StatusName(CheckStatus status) {
  switch (status) {
    case CheckStatus::kPassed:
      return "passed";
    case CheckStatus::kFailed:
      return "failed";
    case CheckStatus::kSkipped:
      return "skipped";
    case CheckStatus::kFault:
      return "fault";
  }
  throw std::logic_error("no such check status");
}

CheckStatus StatusFromName(const JsonFields& fields) {
  const auto name = fields.Text("status");
  for (const auto status : {CheckStatus::kPassed, CheckStatus::kFailed, CheckStatus::kSkipped, CheckStatus::kFault}) {
    if (name == StatusName(status)) return status;
  }
  fields.Refuse("status", "unknown");
}

struct ToJsonVisitor {
  json operator()(const Started& event) const {
    auto checks = json::array();
    for (const auto& check : event.checks) checks.push_back(CheckInfoToJson(check));
    return {{"event", "started"},
            {"lab", TextToJson(event.lab)},
            {"seed", event.seed},
            {"isolation", TextToJson(event.isolation)},
            {"checks", std::move(checks)}};
  }
  json operator()(const BuildReport& event) const {
    return {{"event", "build"},
            {"program", TextToJson(event.program)},
            {"ok", event.ok},
            {"cached", event.cached},
            {"summary", TextToJson(event.summary)},
            {"messages", TextToJson(event.messages)},
            {"took_ms", event.took.count()}};
  }
  json operator()(const CheckStarted& event) const {
    return {{"event", "check_started"}, {"id", TextToJson(event.id)}};
  }
  json operator()(const CheckResult& event) const {
    auto failures = json::array();
    for (const auto& failure : event.failures) failures.push_back(FailureToJson(failure));
    json line = {{"event", "check"},
                 {"id", TextToJson(event.id)},
                 {"status", StatusName(event.status)},
                 {"points", event.points},
                 {"failures", std::move(failures)},
                 {"reason", TextToJson(event.reason)},
                 {"output", TextToJson(event.output)},
                 {"bound", TextToJson(event.bound)},
                 {"replay", TextToJson(event.replay)},
                 {"steps", TextToJson(event.steps)},
                 {"attempt", event.attempt},
                 {"took_ms", event.took.count()}};
    if (!event.timeline.lanes.empty()) line["timeline"] = TimelineToJson(event.timeline);
    if (!event.sent.bytes.empty()) {
      line["sent"] = {{"bytes", TextToJson(event.sent.bytes)}, {"command", TextToJson(event.sent.command)}};
    }
    return line;
  }
  json operator()(const Fault& event) const { return {{"event", "fault"}, {"what", TextToJson(event.what)}}; }
  json operator()(const Finished&) const { return {{"event", "finished"}}; }
};

Started StartedFrom(const JsonFields& fields) {
  Started event{fields.Text("lab"), fields.Unsigned("seed"), fields.Text("isolation"), {}};
  for (const auto& check : fields.Objects("checks")) event.checks.push_back(CheckInfoFromJson(check));
  return event;
}

BuildReport BuildReportFrom(const JsonFields& fields) {
  return {fields.Text("program"), fields.Flag("ok"),       fields.Flag("cached"),
          fields.Text("summary"), fields.Text("messages"), fields.Milliseconds("took_ms")};
}

CheckResult CheckResultFrom(const JsonFields& fields) {
  CheckResult result{.id = fields.Text("id"),
                     .status = StatusFromName(fields),
                     .points = fields.Number("points"),
                     .failures = {},
                     .reason = fields.Text("reason"),
                     .output = fields.Text("output"),
                     .took = fields.Milliseconds("took_ms"),
                     .attempt = static_cast<int>(fields.Whole("attempt")),
                     .bound = fields.Text("bound"),
                     .replay = fields.Text("replay"),
                     .steps = fields.Text("steps")};
  if (fields.Has("timeline")) result.timeline = TimelineFromJson(fields.Object("timeline"));
  if (fields.Has("sent")) result.sent = {fields.Object("sent").Text("bytes"), fields.Object("sent").Text("command")};
  for (const auto& failure : fields.Objects("failures")) result.failures.push_back(FailureFromJson(failure));
  return result;
}

}  // namespace

std::string ToLine(const Event& event) { return std::visit(ToJsonVisitor{}, event).dump(); }

Event FromLine(std::string_view line) {
  const auto object = ParseJson(line);
  const JsonFields fields(object, "");
  const auto kind = fields.Text("event");
  if (kind == "started") return StartedFrom(fields);
  if (kind == "build") return BuildReportFrom(fields);
  if (kind == "check_started") return CheckStarted{fields.Text("id")};
  if (kind == "check") return CheckResultFrom(fields);
  if (kind == "fault") return Fault{fields.Text("what")};
  if (kind == "finished") return Finished{};
  fields.Refuse("event", "unknown: " + kind);
}

}  // namespace grader::checks
