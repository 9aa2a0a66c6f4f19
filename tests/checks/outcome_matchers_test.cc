#include <gtest/gtest.h>

#include <csignal>

#include "grader/checks/errors.h"
#include "grader/checks/matchers.h"
#include "tests/checks/hand_made.h"
#include "tests/checks/told.h"

namespace grader::checks {
namespace {

using testing::AddChild;
using testing::CleanRun;
using testing::StackAt;
using testing::Told;

TEST(ExitsCleanly, AcceptsStatusZero) { EXPECT_EQ(Told(ExitsCleanly(), CleanRun()), ""); }

TEST(ExitsCleanly, TellsAnotherStatus) {
  auto run = CleanRun();
  run.outcome = observe::Exited{3};
  EXPECT_EQ(Told(ExitsCleanly(), run),
            "expected: the program ends by itself, with status 0\n"
            "happened: it ended with status 3\n"
            "run: ./reap nohang 3");
}

TEST(ExitsCleanly, TellsWhereItCrashed) {
  auto run = CleanRun();
  run.outcome = observe::Signaled{SIGSEGV, StackAt("reap.cpp", 7)};
  EXPECT_EQ(Told(ExitsCleanly(), run),
            "expected: the program ends by itself, with status 0\n"
            "happened: it " +
                observe::Describe(run.outcome) +
                "\n"
                "run: ./reap nohang 3\n"
                "at: reap.cpp:7");
}

TEST(ExitsCleanly, ExplainsADeadlockTaskByTask) {
  auto run = CleanRun();
  observe::Deadlock deadlock;
  deadlock.explanation = "The parent waits for a child that waits for the parent.";
  deadlock.tasks.push_back({0, 2, observe::WaitKind::kChild, "waits for a child to end", {}, StackAt("reap.cpp", 40)});
  deadlock.tasks.push_back({0, 5, observe::WaitKind::kPipeRead, "reads from an empty pipe", {}, {}});
  run.outcome = observe::Deadlocked{deadlock};
  EXPECT_EQ(Told(ExitsCleanly(), run),
            "expected: the program ends by itself, with status 0\n"
            "happened: it is deadlocked: The parent waits for a child that waits for the parent.\n"
            "- the program (process 2) waits for a child to end, at reap.cpp:40\n"
            "- thread 5 of the program (process 2) reads from an empty pipe\n"
            "run: ./reap nohang 3\n"
            "at: reap.cpp:40");
}

TEST(ExitsCleanly, ExplainsADeadlockOfAPartThatALimitEnded) {
  auto run = CleanRun();
  run.outcome = observe::OutOfTime{};
  run.partial_deadlock.emplace();
  run.partial_deadlock->explanation = "Two threads wait for each other.";
  run.partial_deadlock->tasks.push_back(
      {0, 5, observe::WaitKind::kMutex, "waits for a mutex", {}, StackAt("a.cpp", 4)});
  EXPECT_EQ(Told(ExitsCleanly(), run),
            "expected: the program ends by itself, with status 0\n"
            "happened: it " +
                observe::Describe(run.outcome) +
                "; part of it is deadlocked: Two threads wait for each other.\n"
                "- thread 5 of the program (process 2) waits for a mutex, at a.cpp:4\n"
                "run: ./reap nohang 3\n"
                "at: a.cpp:4");
}

TEST(ExitsCleanly, TellsWhereEverybodyWasWhenTimeWasUp) {
  auto run = CleanRun();
  AddChild(run, 0, 3);
  run.outcome = observe::OutOfTime{sandbox::Limit::kWallTime,
                                   {{.process = 0, .tid = 2, .asleep = true, .stack = StackAt("reap.cpp", 50)},
                                    {.process = 1, .tid = 3, .stack = StackAt("reap.cpp", 34)}}};
  EXPECT_EQ(Told(ExitsCleanly(), run),
            "expected: the program ends by itself, with status 0\n"
            "happened: it did not come to an end in time\n"
            "- the program (process 2) slept at reap.cpp:50\n"
            "- process 3 (forked at reap.cpp:31) was at reap.cpp:34\n"
            "run: ./reap nohang 3");
}

TEST(ExitsWith, WantsExactlyItsStatus) {
  auto run = CleanRun();
  run.outcome = observe::Exited{2};
  EXPECT_EQ(Told(ExitsWith(2), run), "");
  EXPECT_EQ(Told(ExitsWith(2), CleanRun()),
            "expected: the program ends by itself, with status 2\n"
            "happened: it ended with status 0\n"
            "run: ./reap nohang 3");
}

TEST(IsKilledBy, AcceptsItsSignalOnly) {
  auto run = CleanRun();
  run.outcome = observe::Signaled{SIGTERM, {}};
  EXPECT_EQ(Told(IsKilledBy(SIGTERM), run), "");
  EXPECT_NE(Told(IsKilledBy(SIGKILL), run), "");
  EXPECT_EQ(Told(IsKilledBy(SIGTERM), CleanRun()),
            "expected: the program is killed by SIGTERM\n"
            "happened: it ended with status 0\n"
            "run: ./reap nohang 3");
}

TEST(EveryMatcher, RefusesToJudgeARunThatTheGraderSpoilt) {
  auto run = CleanRun();
  run.outcome = observe::GraderFault{"no memory left on the machine"};
  EXPECT_THROW(Told(ExitsCleanly(), run), GraderFaultError);
  EXPECT_THROW(Told(IsKilledBy(SIGKILL), run), GraderFaultError);
}

// A run that did not end by itself is evidence for nothing.
class EmptyEvidence : public ::testing::TestWithParam<observe::Outcome> {};

TEST_P(EmptyEvidence, SatisfiesNoMatcherThatDoesNotAskForIt) {
  auto run = CleanRun();
  testing::AddChild(run, 0, 2);
  run.outcome = GetParam();
  const RunMatcher matchers[] = {ExitsCleanly(),
                                 ExitsWith(0),
                                 PrintsNothing(),
                                 PrintsLines({}),
                                 PrintsLinesInAnyOrder({}),
                                 PrintsLinesThat("anything", ::testing::_),
                                 PrintsOneErrorLine(),
                                 LeavesNoZombie(),
                                 ReapsEveryChild(),
                                 ReapsEveryChildWithin(std::chrono::milliseconds(100)),
                                 LeavesNoStray(),
                                 LeavesNothingBehind(),
                                 HasProcesses(2),
                                 HasTreeShape(Fan(1)),
                                 HasAllProcessesAliveAtOnce(),
                                 BurnsNoCpuWhileWaiting(),
                                 SleepsWhileWaiting()};
  for (const auto& matcher : matchers) EXPECT_NE(Told(matcher, run), "") << ::testing::PrintToString(matcher);
}

INSTANTIATE_TEST_SUITE_P(Outcomes, EmptyEvidence,
                         ::testing::Values(observe::Signaled{SIGSEGV, {}}, observe::Deadlocked{}, observe::OutOfTime{},
                                           observe::OutOfMemory{}, observe::TooManyProcesses{},
                                           observe::TooMuchOutput{}, observe::CouldNotStart{2}));

}  // namespace
}  // namespace grader::checks
