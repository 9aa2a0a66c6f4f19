#include "grader/checks/run_timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>

#include <csignal>

#include "grader/checks/timeline_json.h"
#include "tests/checks/hand_made.h"

namespace grader::checks {
namespace {

using observe::Moment;
using testing::AddChild;
using testing::CleanRun;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Moment At(std::uint64_t order) { return {order, std::chrono::milliseconds(order), {}}; }

// "1 begins 0": lane, what, the other lane if there is one.
std::vector<std::string> Told(const Timeline& timeline) {
  std::vector<std::string> lines;
  const auto json = TimelineToJson(timeline);
  for (const auto& event : json["events"]) {
    std::string line = std::to_string(event["lane"].get<int>()) + " " + event["what"].get<std::string>();
    if (event.contains("other")) line += " " + std::to_string(event["other"].get<int>());
    lines.push_back(line);
  }
  return lines;
}

TEST(RunTimeline, TellsLivesInTheirOrder) {
  auto run = CleanRun();
  AddChild(run, 0, 10).reaped = At(30);
  AddChild(run, 0, 12).reaped = At(25);
  const auto timeline = TimelineOf(run);
  EXPECT_EQ(timeline.kind, TimelineKind::kLives);
  EXPECT_THAT(Told(timeline), ElementsAre("0 begins", "1 begins 0", "2 begins 0", "1 ends", "2 ends", "2 reaped 0",
                                          "1 reaped 0", "0 ends"));
  EXPECT_EQ(timeline.lanes[0].name, "the program (process 2)");
  EXPECT_EQ(timeline.lanes[1].origin, "forked at reap.cpp:31");
  EXPECT_EQ(timeline.events[3].text, "exit status 0");
}

TEST(RunTimeline, AZombieIsNeverReaped) {
  auto run = CleanRun();
  AddChild(run, 0, 10).reaped_by = observe::ReapedBy::kNobody;
  EXPECT_THAT(Told(TimelineOf(run)), ElementsAre("0 begins", "1 begins 0", "1 ends", "0 ends"));
}

TEST(RunTimeline, ShowsThreadsSleepsSignalsAndOutput) {
  auto run = CleanRun();
  run.processes[0].threads = {{2, At(1), std::nullopt, {}}, {3, At(5), At(90), {}}};
  observe::Call sleep{.tid = 3, .number = SYS_wait4, .returned = true, .blocked = true, .at = At(20)};
  sleep.returned_at = At(40);
  run.calls.push_back(sleep);
  observe::Call kill{.tid = 2, .number = SYS_kill, .arguments = {2, SIGUSR1}, .returned = true, .at = At(50)};
  run.calls.push_back(kill);
  run.lines.push_back({"tick", At(60)});
  const auto timeline = TimelineOf(run);
  EXPECT_THAT(Told(timeline), ElementsAre("0 begins", "1 begins 0", "1 blocks", "1 goes_on", "0 does 0", "2 prints",
                                          "1 ends", "0 ends"));
  EXPECT_EQ(timeline.events[4].text, "kill(2, SIGUSR1)");
  EXPECT_EQ(timeline.lanes[2].name, "standard output");
}

TEST(RunTimeline, ADeadlockIsTheEnd) {
  auto run = CleanRun();
  run.processes[0].threads = {{2, At(1), std::nullopt, {}}};
  run.processes[0].killed_by_grader = true;
  auto& child = AddChild(run, 0, 10);
  child.threads = {{3, At(10), std::nullopt, {}}};
  child.killed_by_grader = true;
  observe::Deadlock deadlock;
  deadlock.tasks = {{0, 2, observe::WaitKind::kChild, "waits for process 3", {3}, testing::StackAt("reap.cpp", 9)}};
  run.outcome = observe::Deadlocked{deadlock};
  const auto timeline = TimelineOf(run);
  EXPECT_THAT(Told(timeline), ElementsAre("0 begins", "1 begins 0", "0 blocks 1", "0 fails"));
  EXPECT_EQ(timeline.events[2].place, "reap.cpp:9");
}

TEST(RunTimeline, KeepsTheUnusualAmongMany) {
  auto run = CleanRun();
  for (int i = 0; i < 100; ++i) {
    auto& child = AddChild(run, 0, 10);
    if (i == 70) {
      child.reaped_by = observe::ReapedBy::kNobody;
    } else {
      child.reaped = At(30);
    }
  }
  const auto timeline = TimelineOf(run);
  EXPECT_EQ(timeline.lanes.size(), kMostLanes - 1);
  EXPECT_EQ(timeline.lanes_left_out, 101 - timeline.lanes.size());
  EXPECT_EQ(timeline.lanes.back().name, "process 73");
}

TEST(RunTimeline, ShowsTheStepsOfASchedule) {
  auto run = CleanRun();
  run.processes[0].threads = {{2, At(1), std::nullopt, {}}};
  AddChild(run, 0, 10).threads = {{3, At(10), std::nullopt, {}}};
  observe::ScheduleStep write{.number = 1, .kind = observe::ScheduleStep::Kind::kCalls, .tid = 2, .call = SYS_write};
  write.subject = "done";
  write.result = 4;
  run.steps = {write, {.number = 2, .process = 1, .tid = 3}};
  const auto timeline = TimelineOf(run);
  EXPECT_EQ(timeline.kind, TimelineKind::kInterleaving);
  EXPECT_THAT(Told(timeline), ElementsAre("0 does", "1 does"));
  EXPECT_EQ(timeline.events[0].text, "write(0, \"done\") = 4");
  EXPECT_EQ(timeline.events[1].text, "begins");
}

TEST(RunTimeline, AnUnwatchedRunHasNoPicture) {
  auto run = CleanRun();
  run.level = observe::TraceLevel::kNone;
  EXPECT_THAT(TimelineOf(run).lanes, IsEmpty());
  EXPECT_THAT(TimelineOf(observe::Observation{}).lanes, IsEmpty());
}

}  // namespace
}  // namespace grader::checks
