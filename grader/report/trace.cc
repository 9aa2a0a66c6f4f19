#include "grader/report/trace.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "grader/report/bounds.h"
#include "grader/report/text.h"
#include "grader/report/timeline.h"

namespace grader::report {
namespace {

using checks::Happening;
using checks::LaneKind;
using checks::Timeline;
using checks::TimelineEvent;
using checks::TimelineKind;
using Json = nlohmann::ordered_json;

// One check's run; its number stands for the process, a lane's for the thread.
class Run {
 public:
  Run(const GradedCheck& check, int number, Json& events)
      : timeline_(check.result.timeline), number_(number), events_(events) {
    Name("process_name", std::nullopt, check.info.title + " (" + check.info.id + ")");
    for (std::size_t lane = 0; lane < timeline_.lanes.size(); ++lane) {
      const auto& named = timeline_.lanes[lane];
      Name("thread_name", lane, named.origin.empty() ? named.name : named.name + ", " + named.origin);
      Json order = Event("M", "thread_sort_index", lane);
      order["args"] = {{"sort_index", lane}};
      events_.push_back(std::move(order));
    }
    Times();
  }

  void Write() {
    for (std::size_t lane = 0; lane < timeline_.lanes.size(); ++lane) Life(lane);
    for (std::size_t i = 0; i < timeline_.events.size(); ++i) {
      const TimelineEvent& event = timeline_.events[i];
      if (event.what == Happening::kBlocks) Sleep(i);
      Instant(i);
      if (event.other < 0 || static_cast<std::size_t>(event.other) == event.lane) continue;
      if (event.what == Happening::kBegins) Flow("makes", i, static_cast<std::size_t>(event.other), event.lane);
      if (event.what == Happening::kReaped) Flow("is waited for", i, event.lane, static_cast<std::size_t>(event.other));
      if (event.what == Happening::kDoes) Flow("sends", i, event.lane, static_cast<std::size_t>(event.other));
    }
  }

 private:
  // Events of one moment would hide each other, and their order is what counts.
  void Times() {
    constexpr std::int64_t kStep = 1000;
    std::int64_t last = 0;
    for (std::size_t i = 0; i < timeline_.events.size(); ++i) {
      const bool steps = timeline_.kind == TimelineKind::kInterleaving;
      const auto at = steps ? static_cast<std::int64_t>(i + 1) * kStep : timeline_.events[i].at.count();
      last = std::max(last + 1, at);
      times_.push_back(last);
    }
    end_ = last + (timeline_.kind == TimelineKind::kInterleaving ? kStep : 1);
  }

  Json Event(const char* phase, const std::string& name, std::size_t lane) const {
    return {{"ph", phase}, {"name", Utf8(name)}, {"pid", number_}, {"tid", lane + 1}};
  }

  void Name(const char* what, std::optional<std::size_t> lane, const std::string& name) {
    Json event = {{"ph", "M"}, {"name", what}, {"pid", number_}};
    if (lane) event["tid"] = *lane + 1;
    event["args"] = {{"name", Utf8(name)}};
    events_.push_back(std::move(event));
  }

  void Slice(const std::string& name, std::size_t lane, std::int64_t from, std::int64_t to) {
    Json event = Event("X", name, lane);
    event["cat"] = "run";
    event["ts"] = from;
    event["dur"] = std::max<std::int64_t>(to - from, 1);
    events_.push_back(std::move(event));
  }

  std::optional<std::size_t> Find(std::size_t lane, Happening what) const {
    for (std::size_t i = 0; i < timeline_.events.size(); ++i) {
      if (timeline_.events[i].lane == lane && timeline_.events[i].what == what) return i;
    }
    return std::nullopt;
  }

  void Life(std::size_t lane) {
    const auto kind = timeline_.lanes[lane].kind;
    if (kind == LaneKind::kOutput || timeline_.kind == TimelineKind::kInterleaving) return;
    const auto begin = Find(lane, Happening::kBegins);
    const auto end = Find(lane, Happening::kEnds);
    const std::int64_t from = begin ? times_[*begin] : 0;
    Slice("lives", lane, from, end ? times_[*end] : end_);
    if (!end || kind != LaneKind::kProcess) return;
    const auto reaped = Find(lane, Happening::kReaped);
    Slice("zombie", lane, times_[*end], reaped ? times_[*reaped] : end_);
  }

  void Sleep(std::size_t i) {
    std::int64_t to = end_;
    for (std::size_t next = i + 1; next < timeline_.events.size(); ++next) {
      const TimelineEvent& event = timeline_.events[next];
      if (event.lane != timeline_.events[i].lane || event.what == Happening::kFails) continue;
      to = times_[next];
      break;
    }
    Slice(Words(timeline_, timeline_.events[i]), timeline_.events[i].lane, times_[i], to);
  }

  void Instant(std::size_t i) {
    const TimelineEvent& event = timeline_.events[i];
    Json instant = Event("i", Words(timeline_, event), event.lane);
    instant["cat"] = "event";
    instant["ts"] = times_[i];
    instant["s"] = event.what == Happening::kFails ? "p" : "t";
    events_.push_back(std::move(instant));
  }

  void Flow(const char* name, std::size_t i, std::size_t from, std::size_t to) {
    const std::string id = fmt::format("{}.{}", number_, i);
    for (const auto& [phase, lane] : {std::pair{"s", from}, std::pair{"f", to}}) {
      Json event = Event(phase, name, lane);
      event["cat"] = "flow";
      event["ts"] = times_[i];
      event["id"] = id;
      if (phase == std::string_view("f")) event["bp"] = "e";
      events_.push_back(std::move(event));
    }
  }

  const Timeline& timeline_;
  int number_;
  Json& events_;
  std::vector<std::int64_t> times_;  // of each event
  std::int64_t end_ = 0;
};

}  // namespace

std::string TraceJson(const Grading& grading, Audience audience) {
  const Grading told = WithBounds(Redacted(grading, audience));
  Json events = Json::array();
  int number = 0;
  for (const GradedCheck& check : told.checks) {
    if (!check.result.timeline.lanes.empty()) Run(check, ++number, events).Write();
  }
  const Json trace = {{"traceEvents", std::move(events)},
                      {"displayTimeUnit", "ms"},
                      {"otherData", {{"lab", Utf8(told.subject.lab)}, {"seed", std::to_string(told.seed)}}}};
  return trace.dump(1) + "\n";
}

}  // namespace grader::report
