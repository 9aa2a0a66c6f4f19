#include "grader/report/trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/report/hostile.h"
#include "tests/report/samples.h"

namespace grader::report {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

json Events(const Grading& grading) { return json::parse(TraceJson(grading))["traceEvents"]; }

// What of the Trace Event Format a reader needs to place an event.
TEST(Trace, EveryEventHasItsPlace) {
  for (const json& event : Events(WithPictures())) {
    const std::string phase = event["ph"];
    EXPECT_THAT((std::vector<std::string>{"M", "X", "i", "s", "f"}), Contains(phase));
    EXPECT_TRUE(event["pid"].is_number_unsigned());
    EXPECT_TRUE(event["name"].is_string());
    if (phase == "M") continue;
    EXPECT_TRUE(event["tid"].is_number_unsigned());
    EXPECT_GT(event["ts"], 0);
    EXPECT_TRUE(phase != "X" || event["dur"] > 0) << event;
    EXPECT_TRUE(phase != "i" || event["s"] == "t" || event["s"] == "p") << event;
  }
}

TEST(Trace, NamesChecksAndTracks) {
  std::vector<std::string> checks;
  std::vector<std::string> tracks;
  for (const json& event : Events(WithPictures())) {
    if (event["name"] == "process_name") checks.push_back(event["args"]["name"]);
    if (event["name"] == "thread_name") tracks.push_back(event["args"]["name"]);
  }
  EXPECT_THAT(checks, ElementsAre("prints in the order of ending (Waitall.PrintsInTheOrderOfEnding)",
                                  "leaves no zombie in a burst (Nohang.LeavesNoZombieInABurst)"));
  EXPECT_EQ(tracks.size(), 8u);
  EXPECT_THAT(tracks, Contains("process 3, forked at reap.cpp:31"));
}

TEST(Trace, TimesOfATrackNeverGoBackAndFlowsArePaired) {
  std::map<std::pair<int, int>, std::int64_t> last;
  std::map<std::string, std::string> flows;
  for (const json& event : Events(WithPictures())) {
    if (event["ph"] == "i") {
      auto& before = last[{event["pid"], event["tid"]}];
      EXPECT_GT(event["ts"], before);
      before = event["ts"];
    }
    if (event["ph"] == "s" || event["ph"] == "f") flows[event["id"]] += event["ph"];
  }
  EXPECT_GE(flows.size(), 4u);
  for (const auto& [id, phases] : flows) EXPECT_EQ(phases, "sf") << id;
}

// Perfetto draws a slice that only overlaps another in the wrong place, and leaves out a flow that no slice holds.
TEST(Trace, SlicesOfATrackNestAndHoldTheEndsOfFlows) {
  using Track = std::pair<int, int>;
  std::map<Track, std::vector<std::pair<std::int64_t, std::int64_t>>> slices;
  for (const json& event : Events(WithPictures())) {
    if (event["ph"] != "X") continue;
    const std::int64_t from = event["ts"];
    slices[{event["pid"], event["tid"]}].emplace_back(from, from + event["dur"].get<std::int64_t>());
  }
  for (const auto& [track, all] : slices) {
    for (const auto& [from, to] : all) {
      for (const auto& [begin, end] : all) EXPECT_FALSE(from < begin && begin < to && to < end) << from << ' ' << begin;
    }
  }
  for (const json& event : Events(WithPictures())) {
    if (event["ph"] != "s" && event["ph"] != "f") continue;
    const std::int64_t at = event["ts"];
    const auto holds = [at](const auto& slice) { return slice.first <= at && at <= slice.second; };
    EXPECT_TRUE(std::ranges::any_of(slices[Track(event["pid"], event["tid"])], holds)) << event;
  }
}

TEST(Trace, ShowsZombiesAndTheFailure) {
  std::map<std::string, std::int64_t> slices;
  for (const json& event : Events(WithPictures())) {
    if (event["ph"] == "X" && event["pid"] == 2 && event["tid"] == 2) slices[event["name"]] = event["dur"];
  }
  EXPECT_EQ(slices["zombie"], 118'000);
  EXPECT_THAT(TraceJson(WithPictures()), HasSubstr("the failure: it is deadlocked"));
}

TEST(Trace, KeepsHiddenChecksFromStudents) {
  EXPECT_THAT(TraceJson(WithPictures()), Not(HasSubstr("SurvivesAStorm")));
  EXPECT_THAT(TraceJson(WithPictures(), Audience::kInstructor), HasSubstr("SurvivesAStorm"));
}

TEST(Trace, IsJsonWhateverASubmissionPrints) {
  for (const auto& [name, bytes] : HostileTexts()) {
    Grading grading = FilledWith(bytes);
    grading.checks[1].result.timeline = ZombieTimeline();
    for (auto& lane : grading.checks[1].result.timeline.lanes) lane.name = bytes.substr(0, 200);
    EXPECT_TRUE(json::accept(TraceJson(grading, Audience::kInstructor))) << name;
  }
  EXPECT_EQ(Events(AllPassed()).size(), 0u);
}

}  // namespace
}  // namespace grader::report
