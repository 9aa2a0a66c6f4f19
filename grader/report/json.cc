#include "grader/report/json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "grader/checks/timeline_bounds.h"
#include "grader/checks/timeline_json.h"
#include "grader/report/bounds.h"
#include "grader/report/explain.h"
#include "grader/report/text.h"
#include "grader/report/when.h"

namespace grader::report {
namespace {

using Json = nlohmann::ordered_json;

const char* Word(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
      return "passed";
    case Verdict::kFailed:
      return "failed";
    case Verdict::kSkipped:
      return "skipped";
    case Verdict::kFault:
      return "fault";
    case Verdict::kLeftOut:
      return "left_out";
  }
  return "fault";
}

const char* Word(Overall overall) {
  switch (overall) {
    case Overall::kFullMarks:
      return "full_marks";
    case Overall::kNotFullMarks:
      return "not_full_marks";
    case Overall::kFault:
      return "fault";
  }
  return "fault";
}

const char* Word(checks::Visibility visibility) {
  switch (visibility) {
    case checks::Visibility::kVisible:
      return "visible";
    case checks::Visibility::kHidden:
      return "hidden";
  }
  return "hidden";
}

Json Texts(const std::vector<std::string>& texts) {
  Json array = Json::array();
  for (const std::string& text : texts) {
    array.push_back(Utf8(text));
  }
  return array;
}

std::string Hex(std::string_view bytes) {
  std::string digits;
  for (const char byte : bytes) digits += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return digits;
}

Json Of(const checks::Failure& failure) {
  return {{"expected", Utf8(failure.expected)},
          {"happened", Utf8(failure.happened)},
          {"facts", Texts(failure.facts)},
          {"run", Utf8(failure.run)},
          {"location", Utf8(failure.location)}};
}

// Replacing wrong bytes may make a text longer than a reader takes.
checks::Timeline WithUtf8(checks::Timeline timeline) {
  const auto mend = [](std::string& text) { text = checks::ShortTimelineText(Utf8(text)); };
  for (checks::TimelineLane& lane : timeline.lanes) {
    mend(lane.name);
    mend(lane.origin);
  }
  for (checks::TimelineEvent& event : timeline.events) {
    mend(event.text);
    mend(event.place);
    for (std::string& lock : event.held) {
      mend(lock);
    }
  }
  return timeline;
}

Json Of(const checks::BuildReport& build) {
  return {{"program", Utf8(build.program)},   {"ok", build.ok},
          {"cached", build.cached},           {"summary", Utf8(build.summary)},
          {"messages", Utf8(build.messages)}, {"took_ms", build.took.count()}};
}

Json Of(const Grading& grading, const GradedCheck& check) {
  Json failures = Json::array();
  for (const checks::Failure& failure : check.result.failures) {
    failures.push_back(Of(failure));
  }
  Json json = {{"id", Utf8(check.info.id)},
               {"title", Utf8(check.info.title)},
               {"verdict", Word(check.verdict)},
               {"points", check.result.points},
               {"max_points", check.info.points},
               {"visibility", Word(check.info.visibility)},
               {"needs", Texts(check.info.needs)},
               {"hint", Utf8(HintFor(grading, check))},
               {"failures", failures},
               {"reason", Utf8(check.result.reason)},
               {"output", Utf8(check.result.output)},
               {"bound", Utf8(check.result.bound)},
               {"token", Utf8(ReplayToken(grading, check))},
               {"steps", Utf8(check.result.steps)},
               {"attempt", check.result.attempt},
               {"took_ms", check.result.took.count()},
               {"file", Utf8(check.info.file)},
               {"line", check.info.line},
               {"replay", Utf8(ReplayCommand(grading, check))}};
  if (!check.result.timeline.lanes.empty()) {
    json["timeline"] = checks::TimelineToJson(WithUtf8(check.result.timeline));
  }
  if (!check.result.sent.bytes.empty()) {
    json["sent"] = {{"hex", Hex(check.result.sent.bytes)}, {"command", Utf8(check.result.sent.command)}};
  }
  return json;
}

Json Of(const Machine& machine) {
  return {{"host", Utf8(machine.host)},
          {"system", Utf8(machine.system)},
          {"kernel", Utf8(machine.kernel)},
          {"processors", machine.processors}};
}

Json Counts(const Grading& grading) {
  Json counts = Json::object();
  for (const Verdict verdict :
       {Verdict::kPassed, Verdict::kFailed, Verdict::kSkipped, Verdict::kFault, Verdict::kLeftOut}) {
    counts[Word(verdict)] = CountOf(grading, verdict);
  }
  return counts;
}

Json Of(const Grading& grading) {
  const Subject& subject = grading.subject;
  const Points points = PointsOf(grading);
  Json json = {{"version", kJsonVersion},
               {"grader", {{"name", "grade"}, {"version", Utf8(subject.version)}}},
               {"lab", {{"id", Utf8(subject.lab)}, {"title", Utf8(subject.title)}}},
               {"submission", Utf8(subject.submission)},
               {"command", Utf8(subject.command)},
               {"only", Texts(subject.only)},
               {"started", UtcMilliseconds(subject.started)},
               {"elapsed_ms", grading.elapsed.count()},
               // Many readers hold numbers as doubles, and a seed has 64 bits.
               {"seed", std::to_string(grading.seed)},
               {"isolation", Utf8(grading.isolation)},
               {"machine", Of(subject.machine)},
               {"verdict", Word(OverallOf(grading))},
               {"points", points.earned},
               {"max_points", points.total},
               {"counts", Counts(grading)},
               {"faults", Texts(grading.faults)}};
  json["builds"] = Json::array();
  for (const checks::BuildReport& build : grading.builds) {
    json["builds"].push_back(Of(build));
  }
  json["checks"] = Json::array();
  for (const GradedCheck& check : grading.checks) {
    json["checks"].push_back(Of(grading, check));
  }
  return json;
}

}  // namespace

std::string JsonText(const Grading& grading, Audience audience) {
  return Of(WithBounds(Redacted(grading, audience))).dump(2) + "\n";
}

}  // namespace grader::report
