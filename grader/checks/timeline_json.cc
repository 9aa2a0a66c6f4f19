#include "grader/checks/timeline_json.h"

#include <array>
#include <utility>

#include "grader/checks/json_text.h"

namespace grader::checks {
namespace {

using nlohmann::json;

constexpr std::array<std::pair<Happening, const char*>, 9> kHappenings = {{{Happening::kBegins, "begins"},
                                                                           {Happening::kDoes, "does"},
                                                                           {Happening::kPrints, "prints"},
                                                                           {Happening::kBlocks, "blocks"},
                                                                           {Happening::kGoesOn, "goes_on"},
                                                                           {Happening::kExecs, "execs"},
                                                                           {Happening::kEnds, "ends"},
                                                                           {Happening::kReaped, "reaped"},
                                                                           {Happening::kFails, "fails"}}};

constexpr std::array<std::pair<LaneKind, const char*>, 4> kLanes = {{{LaneKind::kProgram, "program"},
                                                                     {LaneKind::kProcess, "process"},
                                                                     {LaneKind::kThread, "thread"},
                                                                     {LaneKind::kOutput, "output"}}};

constexpr std::array<std::pair<TimelineKind, const char*>, 2> kKinds = {
    {{TimelineKind::kLives, "lives"}, {TimelineKind::kInterleaving, "interleaving"}}};

template <typename Names, typename Value>
const char* NameIn(const Names& names, Value value) {
  for (const auto& [one, name] : names) {
    if (one == value) return name;
  }
  return "";
}

template <typename Names>
auto ValueIn(const Names& names, const JsonFields& fields, const char* field) {
  const std::string text = fields.Text(field);
  for (const auto& [value, name] : names) {
    if (text == name) return value;
  }
  fields.Refuse(field, "unknown");
}

std::string ShortText(const JsonFields& fields, const char* field) {
  std::string text = fields.Text(field);
  if (text.size() > kMostTimelineText) fields.Refuse(field, "too long");
  return text;
}

std::size_t Number(const JsonFields& fields, const char* field, std::size_t most) {
  const auto number = fields.Whole(field);
  if (number < 0 || static_cast<std::uint64_t>(number) > most) fields.Refuse(field, "out of range");
  return static_cast<std::size_t>(number);
}

std::vector<JsonFields> Some(const JsonFields& fields, const char* field, std::size_t most) {
  auto objects = fields.Objects(field);
  if (objects.size() > most) fields.Refuse(field, "too many");
  return objects;
}

TimelineEvent EventFrom(const JsonFields& fields, std::size_t lanes) {
  TimelineEvent event;
  event.lane = Number(fields, "lane", lanes - 1);
  event.what = ValueIn(kHappenings, fields, "what");
  if (fields.Has("other")) event.other = static_cast<int>(Number(fields, "other", lanes - 1));
  constexpr std::size_t kMostMicroseconds = std::size_t{1} << 50;
  if (fields.Has("at_us")) event.at = std::chrono::microseconds(Number(fields, "at_us", kMostMicroseconds));
  if (fields.Has("text")) event.text = ShortText(fields, "text");
  if (fields.Has("place")) event.place = ShortText(fields, "place");
  if (fields.Has("held")) event.held = fields.Texts("held");
  if (event.held.size() > kMostTimelineHeld) fields.Refuse("held", "too many");
  for (const std::string& lock : event.held) {
    if (lock.size() > kMostTimelineText) fields.Refuse("held", "too long");
  }
  return event;
}

}  // namespace

json TimelineToJson(const Timeline& timeline) {
  json lanes = json::array();
  for (const TimelineLane& lane : timeline.lanes) {
    lanes.push_back(
        {{"kind", NameIn(kLanes, lane.kind)}, {"name", TextToJson(lane.name)}, {"origin", TextToJson(lane.origin)}});
  }
  json events = json::array();
  for (const TimelineEvent& event : timeline.events) {
    json one = {{"lane", event.lane}, {"what", NameIn(kHappenings, event.what)}};
    if (event.other >= 0) one["other"] = event.other;
    if (event.at.count() > 0) one["at_us"] = event.at.count();
    if (!event.text.empty()) one["text"] = TextToJson(event.text);
    if (!event.place.empty()) one["place"] = TextToJson(event.place);
    if (!event.held.empty()) one["held"] = TextsToJson(event.held);
    events.push_back(std::move(one));
  }
  return {{"kind", NameIn(kKinds, timeline.kind)},
          {"lanes", std::move(lanes)},
          {"events", std::move(events)},
          {"lanes_left_out", timeline.lanes_left_out},
          {"events_left_out", timeline.events_left_out}};
}

Timeline TimelineFromJson(const JsonFields& fields) {
  constexpr std::size_t kMostLeftOut = 1'000'000'000;
  Timeline timeline;
  timeline.kind = ValueIn(kKinds, fields, "kind");
  for (const JsonFields& lane : Some(fields, "lanes", kMostLanes)) {
    timeline.lanes.push_back({ValueIn(kLanes, lane, "kind"), ShortText(lane, "name"), ShortText(lane, "origin")});
  }
  const auto events = Some(fields, "events", timeline.lanes.empty() ? 0 : kMostTimelineEvents);
  for (const JsonFields& event : events) timeline.events.push_back(EventFrom(event, timeline.lanes.size()));
  timeline.lanes_left_out = Number(fields, "lanes_left_out", kMostLeftOut);
  timeline.events_left_out = Number(fields, "events_left_out", kMostLeftOut);
  return timeline;
}

}  // namespace grader::checks
