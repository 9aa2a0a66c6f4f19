#include "grader/checks/timeline_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "grader/checks/protocol.h"
#include "grader/checks/timeline_bounds.h"

namespace grader::checks {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

Timeline Sample() {
  Timeline timeline;
  timeline.kind = TimelineKind::kInterleaving;
  timeline.lanes = {{LaneKind::kProgram, "the program", ""}, {LaneKind::kThread, "t \xff", "started at a.cpp:7"}};
  timeline.events = {
      {0, Happening::kBegins, -1, {}, "", "", {}},
      {1, Happening::kBegins, 0, std::chrono::microseconds(12), "text", "a.cpp:9", {"mutex m", "mutex n"}},
      {1, Happening::kFails, -1, {}, "\x1b", "", {}}};
  timeline.lanes_left_out = 3;
  timeline.events_left_out = 4;
  return timeline;
}

Timeline Read(const json& object) { return TimelineFromJson(JsonFields(object, "")); }

json SampleJson() { return TimelineToJson(Sample()); }

auto Refuses(const std::string& what) { return ThrowsMessage<std::invalid_argument>(HasSubstr(what)); }

TEST(TimelineJson, KeepsWhatWasSent) {
  CheckResult result{.id = "A.B", .status = CheckStatus::kFailed};
  result.timeline = Sample();
  const auto read = std::get<CheckResult>(FromLine(ToLine(result))).timeline;
  EXPECT_EQ(TimelineToJson(read), SampleJson());
  ASSERT_EQ(read.events.size(), 3u);
  EXPECT_EQ(read.lanes[1].name, "t \xff");
  EXPECT_EQ(read.events[1].other, 0);
  EXPECT_EQ(read.events[1].at.count(), 12);
  EXPECT_EQ(read.events[1].held[1], "mutex n");
  EXPECT_EQ(read.events[2].other, -1);
}

TEST(TimelineJson, IsLeftOutWhereThereIsNoPicture) {
  EXPECT_EQ(ToLine(CheckResult{.id = "A.B"}).find("timeline"), std::string::npos);
}

TEST(TimelineJson, RefusesWhatIsNotThere) {
  json bad = SampleJson();
  bad["events"][1]["lane"] = 2;
  EXPECT_THAT([&] { Read(bad); }, Refuses("events[1].lane: out of range"));
  bad = SampleJson();
  bad["events"][1]["other"] = -1;
  EXPECT_THAT([&] { Read(bad); }, Refuses("events[1].other"));
  bad = SampleJson();
  bad["events"][0]["what"] = "explodes";
  EXPECT_THAT([&] { Read(bad); }, Refuses("events[0].what: unknown"));
  bad = SampleJson();
  bad["lanes"] = json::array();
  EXPECT_THAT([&] { Read(bad); }, Refuses("events: too many"));
}

TEST(TimelineJson, RefusesWhatIsTooMuch) {
  json bad = SampleJson();
  bad["lanes"][0]["name"] = std::string(kMostTimelineText + 1, 'x');
  EXPECT_THAT([&] { Read(bad); }, Refuses("lanes[0].name: too long"));
  bad = SampleJson();
  while (bad["lanes"].size() <= kMostLanes) bad["lanes"].push_back(bad["lanes"][0]);
  EXPECT_THAT([&] { Read(bad); }, Refuses("lanes: too many"));
  bad = SampleJson();
  while (bad["events"].size() <= kMostTimelineEvents) bad["events"].push_back(bad["events"][0]);
  EXPECT_THAT([&] { Read(bad); }, Refuses("events: too many"));
  bad = SampleJson();
  bad["events"][1]["held"] = json::array({"a", "b", "c", "d", "e"});
  EXPECT_THAT([&] { Read(bad); }, Refuses("held: too many"));
}

TEST(TimelineBounds, CutTextAtACharacter) {
  EXPECT_EQ(ShortTimelineText("short"), "short");
  std::string text;
  while (text.size() < 2 * kMostTimelineText) text += "\u00e4\u20ac";
  const std::string cut = ShortTimelineText(text);
  EXPECT_LE(cut.size(), kMostTimelineText);
  EXPECT_TRUE(cut.ends_with("\u00e4\u2026") || cut.ends_with("\u20ac\u2026"));
}

TEST(TimelineBounds, LeaveOutTheMiddleAndKeepLives) {
  Timeline timeline{.lanes = {{LaneKind::kProgram, "p", ""}}};
  timeline.events.push_back({.what = Happening::kBegins});
  for (int i = 0; i < 1000; ++i) timeline.events.push_back({.what = Happening::kDoes, .text = std::to_string(i)});
  timeline.events.push_back({.what = Happening::kEnds});
  BoundEvents(timeline);
  ASSERT_EQ(timeline.events.size(), kMostTimelineEvents);
  EXPECT_EQ(timeline.events.front().what, Happening::kBegins);
  EXPECT_EQ(timeline.events.back().what, Happening::kEnds);
  EXPECT_EQ(timeline.events[1].text, "0");
  EXPECT_EQ(timeline.events[kMostTimelineEvents - 2].text, "999");
  EXPECT_EQ(timeline.events_left_out, 1002 - kMostTimelineEvents);
}

}  // namespace
}  // namespace grader::checks
