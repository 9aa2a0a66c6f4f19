#include "grader/checks/schedule_timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "grader/checks/timeline_bounds.h"
#include "grader/schedule/steps_table.h"
#include "grader/schedule/story.h"

namespace grader::checks {
namespace {

using schedule::StepRow;
using schedule::ThreadNumber;

constexpr std::size_t kFirst = 20;
constexpr std::size_t kLast = 100;

TimelineEvent EventOf(const StepRow& row, std::size_t lane) {
  TimelineEvent event{.lane = lane, .what = row.waits ? Happening::kBlocks : Happening::kDoes};
  event.text = ShortTimelineText(row.times > 1 ? fmt::format("{}, {} times", row.what, row.times) : row.what);
  event.place = ShortTimelineText(row.place);
  for (const std::string& lock : row.held) {
    if (event.held.size() < kMostTimelineHeld) event.held.push_back(ShortTimelineText(lock));
  }
  return event;
}

// The lanes of those who do something, by number; at most kMostLanes of them.
std::map<ThreadNumber, std::size_t> LanesOf(schedule::Scene& scene, const std::vector<StepRow>& rows,
                                            Timeline& timeline) {
  std::map<ThreadNumber, std::size_t> lanes;
  for (const StepRow& row : rows) lanes[row.thread] = 0;
  while (lanes.size() > kMostLanes) {
    lanes.erase(std::prev(lanes.end()));
    ++timeline.lanes_left_out;
  }
  for (auto& [thread, lane] : lanes) {
    lane = timeline.lanes.size();
    const std::string name = schedule::Scene::Thread(thread);
    const std::string told = scene.ThreadWithOrigin(thread);  // "thread 2 (started at a.cpp:17)"
    std::string origin = told.size() > name.size() + 3 ? told.substr(name.size() + 2) : "";
    if (origin.ends_with(')')) origin.pop_back();
    timeline.lanes.push_back({LaneKind::kThread, ShortTimelineText(name), ShortTimelineText(origin)});
  }
  return lanes;
}

}  // namespace

Timeline TimelineOf(schedule::Scene& scene, bool found) {
  Timeline timeline;
  timeline.kind = TimelineKind::kInterleaving;
  std::vector<StepRow> rows = schedule::StepRows(scene);
  if (rows.empty()) return timeline;
  if (rows.size() > kFirst + kLast) {
    timeline.events_left_out = rows.size() - kFirst - kLast;
    rows.erase(rows.begin() + kFirst, rows.end() - kLast);
  }
  const auto lanes = LanesOf(scene, rows, timeline);
  for (const StepRow& row : rows) {
    if (const auto lane = lanes.find(row.thread); lane != lanes.end()) {
      timeline.events.push_back(EventOf(row, lane->second));
    }
  }
  if (found && !timeline.events.empty()) {
    timeline.events.push_back({.lane = timeline.events.back().lane,
                               .what = Happening::kFails,
                               .text = ShortTimelineText(schedule::Tell(scene).happened)});
  }
  return timeline;
}

}  // namespace grader::checks
