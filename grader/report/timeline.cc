#include "grader/report/timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "grader/report/phrases.h"
#include "grader/report/text.h"
#include "grader/report/timeline_drawing.h"
#include "grader/report/wrap.h"

namespace grader::report {
namespace {

using checks::Happening;
using checks::LaneKind;
using checks::Timeline;
using checks::TimelineEvent;
using checks::TimelineKind;

std::string Beside(const std::string& words, const std::string& text) {
  return text.empty() ? words : words + ": " + text;
}

std::string Action(const Timeline& timeline, const TimelineEvent& event) {
  const std::string other = event.other < 0 ? "" : timeline.lanes[static_cast<std::size_t>(event.other)].name;
  switch (event.what) {
    case Happening::kBegins:
      return other.empty() ? "begins" : "is made by " + other;
    case Happening::kDoes:
      return event.text.empty() ? "takes a step" : event.text;
    case Happening::kPrints:
      return "shows: " + event.text;
    case Happening::kBlocks:
      return event.text.empty() ? "sleeps" : event.text;
    case Happening::kGoesOn:
      return Beside("goes on", event.text);
    case Happening::kExecs:
      return Beside("becomes another program", event.text);
    case Happening::kEnds:
      return Beside("ends", event.text == "ends" ? "" : event.text);
    case Happening::kReaped:
      return other.empty() ? Beside("is gone", event.text) : "is waited for by " + other;
    case Happening::kFails:
      return Beside("the failure", event.text);
  }
  return event.text;
}

bool Has(const Timeline& timeline, Happening what) {
  return std::ranges::count(timeline.events, what, &TimelineEvent::what) > 0;
}

// One entry of the legend: a piece of the picture, and what it means.
void Key(Html& html, const char* element, const Html::Attributes& attributes, const char* meaning) {
  const Html::Scope item = html.In("li");
  {
    const Html::Scope svg = html.In("svg", {{"width", "26"}, {"height", "12"}, {"aria-hidden", "true"}});
    html.Void(element, attributes);
  }
  html.Text(meaning);
}

Html::Attributes Block(const char* style) {
  return {{"class", style}, {"x", "1"}, {"y", "1"}, {"width", "24"}, {"height", "10"}};
}

Html::Attributes Stroke(const char* style) { return {{"class", style}, {"d", "M1 6H25"}}; }

void LivesKey(Html& html, const Timeline& timeline) {
  const bool zombies = std::ranges::any_of(timeline.events, [&](const TimelineEvent& event) {
    return event.what == Happening::kEnds && timeline.lanes[event.lane].kind == LaneKind::kProcess;
  });
  Key(html, "rect", Block("life"), "lives");
  if (Has(timeline, Happening::kBlocks)) Key(html, "rect", Block("sleep"), "sleeps");
  if (zombies) Key(html, "rect", Block("zombie"), "is a zombie: ended, and not yet waited for");
  Key(html, "path", Stroke("fork"), "makes");
  if (Has(timeline, Happening::kReaped)) Key(html, "path", Stroke("reap"), "is waited for");
  if (Has(timeline, Happening::kDoes)) Key(html, "path", Stroke("sends"), "sends a signal");
  if (Has(timeline, Happening::kExecs)) Key(html, "path", {{"class", "exec"}, {"d", "M13 0l6 6l-6 6l-6 -6z"}}, "execs");
}

void InterleavingKey(Html& html, const Timeline& timeline) {
  Key(html, "circle", {{"class", "step"}, {"cx", "13"}, {"cy", "6"}, {"r", "4"}}, "a step");
  if (Has(timeline, Happening::kBlocks)) Key(html, "path", Stroke("waits"), "waits");
  std::vector<std::string> locks;
  for (const TimelineEvent& event : timeline.events) {
    for (const std::string& lock : event.held) {
      if (std::ranges::find(locks, lock) == locks.end()) locks.push_back(lock);
    }
  }
  constexpr std::size_t kColours = 4;
  for (std::size_t i = 0; i < std::min(locks.size(), kColours); ++i) {
    Key(html, "rect", Block(fmt::format("lock{}", i).c_str()), ("holds " + OneLine(locks[i])).c_str());
  }
}

void InWords(Html& html, const Timeline& timeline) {
  const Html::Scope details = html.In("details");
  html.Put("summary", "The same in words");
  const Html::Scope list = html.In("ol");
  for (const TimelineEvent& event : timeline.events) {
    html.Put("li", OneLine(timeline.lanes[event.lane].name + " " + Words(timeline, event)));
  }
}

std::string Caption(const Timeline& timeline) {
  std::string text = timeline.kind == TimelineKind::kLives
                         ? "From left to right in the order of what was observed; distances are no durations."
                         : "From top to bottom, one step at a time, in the order that failed.";
  if (timeline.lanes_left_out > 0) text += fmt::format(" {} more lanes are left out.", timeline.lanes_left_out);
  if (timeline.events_left_out > 0) text += fmt::format(" {} steps are left out.", timeline.events_left_out);
  return text;
}

}  // namespace

std::string Words(const Timeline& timeline, const TimelineEvent& event) {
  std::string words = Action(timeline, event);
  if (!event.place.empty()) words += ", at " + event.place;
  for (std::size_t i = 0; i < event.held.size(); ++i) words += (i == 0 ? ", holding " : " and ") + event.held[i];
  return words;
}

void PutTimeline(Html& html, const Timeline& timeline, const std::string& id) {
  if (timeline.lanes.empty() || timeline.events.empty()) return;
  const bool lives = timeline.kind == TimelineKind::kLives;
  const Html::Scope figure = html.In("figure", {{"class", "run"}});
  {
    const Html::Scope caption = html.In("figcaption");
    html.Put("strong", lives ? "Who lived when" : "Step by step");
    html.Void("br");
    html.Text(Caption(timeline));
  }
  {
    const std::string label = lives ? "Picture of the processes" : "Picture of the interleaving";
    const Html::Scope pan = html.In(
        "div", {{"class", lives ? "pan" : "pan tall"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", label}});
    lives ? DrawLives(html, timeline, id) : DrawInterleaving(html, timeline, id);
  }
  {
    const Html::Scope key = html.In("ul", {{"class", "key"}});
    lives ? LivesKey(html, timeline) : InterleavingKey(html, timeline);
  }
  InWords(html, timeline);
}

Html::Attributes SvgAttributes(double width, double height, const std::string& id) {
  return {{"xmlns", "http://www.w3.org/2000/svg"},
          {"role", "img"},
          {"aria-labelledby", id + "-title"},
          {"aria-describedby", id + "-desc"},
          {"width", Px(width)},
          {"height", Px(height)},
          {"viewBox", fmt::format("0 0 {} {}", Px(width), Px(height))}};
}

void PutSvgTexts(Html& html, const Timeline& timeline, const std::string& id) {
  const bool lives = timeline.kind == TimelineKind::kLives;
  html.Put("title", {{"id", id + "-title"}}, lives ? "The processes of the run" : "The interleaving of the threads");
  html.Put("desc", {{"id", id + "-desc"}},
           fmt::format("{} and {}; the list below has them in words.", Count(timeline.lanes.size(), "lane"),
                       Count(timeline.events.size(), "event")));
}

void PutLabel(Html& html, const Label& label, const std::string& text) {
  constexpr double kCharacter = 6.3;
  const std::string line = OneLine(text);
  if (line.empty()) return;
  const auto room = static_cast<int>(label.width / kCharacter);
  const std::string shown = DisplayWidth(line) <= room ? line : Clipped(line, std::max(room, 2));
  const Html::Scope element = html.In("text", {{"x", Px(label.x)}, {"y", Px(label.y)}, {"class", label.style}});
  if (shown != line) html.Put("title", line);
  html.Text(shown);
}

}  // namespace grader::report
