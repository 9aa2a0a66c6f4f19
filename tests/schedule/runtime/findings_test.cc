// What the runtime finds, and that it finds nothing where there is nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/schedule/runtime/scenario.h"

namespace grader::schedule {
namespace {

struct Bug {
  const char* program;
  const char* scenario;
  FindingKind kind;
  int within = 1;  // schedules
};

void PrintTo(const Bug& bug, std::ostream* out) { *out << bug.scenario; }

class FindsBug : public testing::TestWithParam<Bug> {};

TEST_P(FindsBug, InFewSchedules) {
  const Bug& bug = GetParam();
  const auto program = Start(bug.program, bug.scenario);
  const auto run = FindRun(*program, bug.within, [&](const RunResult& each) { return Has(each, bug.kind); });
  ASSERT_TRUE(run.has_value());
  EXPECT_GT(run->findings.back().place_count, 0u);
  EXPECT_GT(run->findings.back().places[0].stack.depth, 0u);
}

INSTANTIATE_TEST_SUITE_P(Locks, FindsBug,
                         testing::Values(Bug{"locks", "locks-crossed", FindingKind::kDeadlock, 200},
                                         Bug{"locks", "waits-without-predicate", FindingKind::kLostWakeUp, 50},
                                         Bug{"locks", "notifies-one-of-two", FindingKind::kDeadlock},
                                         Bug{"locks", "notifies-one-condition-only", FindingKind::kDeadlock},
                                         Bug{"locks", "locks-itself", FindingKind::kSelfLock},
                                         Bug{"locks", "unlocks-others", FindingKind::kUnlockOfOthers},
                                         Bug{"locks", "unlocks-free", FindingKind::kUnlockOfFree},
                                         Bug{"locks", "frees-locked-mutex", FindingKind::kDestroyedHeld},
                                         Bug{"locks", "destroys-awaited", FindingKind::kDestroyedWaited},
                                         Bug{"locks", "brings-two-mutexes", FindingKind::kConditionTwoMutexes},
                                         Bug{"locks", "spins-for-ever", FindingKind::kLivelock}));

INSTANTIATE_TEST_SUITE_P(Memory, FindsBug,
                         testing::Values(Bug{"memory", "plain-counter", FindingKind::kDataRace},
                                         Bug{"memory", "copies-while-written", FindingKind::kDataRace},
                                         Bug{"memory", "publishes-relaxed", FindingKind::kDataRace},
                                         Bug{"memory", "uses-after-free", FindingKind::kUseAfterFree},
                                         Bug{"memory", "writes-past-the-end", FindingKind::kHeapOverflow},
                                         Bug{"memory", "frees-twice", FindingKind::kDoubleFree},
                                         Bug{"memory", "frees-a-local", FindingKind::kInvalidFree},
                                         Bug{"memory", "throws-in-thread", FindingKind::kUncaughtException},
                                         Bug{"memory", "forgets-to-join", FindingKind::kTerminated},
                                         Bug{"memory", "joins-twice", FindingKind::kJoinTwice},
                                         Bug{"memory", "overflows-the-stack", FindingKind::kStackOverflow},
                                         Bug{"memory", "follows-null", FindingKind::kCrashed},
                                         Bug{"memory", "asserts", FindingKind::kAborted},
                                         Bug{"memory", "forks", FindingKind::kUnsupported}));

// A bug that only the program's own exit status shows.
class ShowsWrongResult : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(ShowsWrongResult, InSomeSchedule) {
  const auto program = Start(GetParam().first, GetParam().second);
  EXPECT_TRUE(FindRun(*program, 1000,
                      [](const RunResult& run) { return run.head.ending == Ending::kExited && run.head.status != 0; }));
}

INSTANTIATE_TEST_SUITE_P(Runtime, ShowsWrongResult,
                         testing::Values(std::pair("locks", "waits-in-an-if"), std::pair("locks", "sleeps-for-order"),
                                         std::pair("memory", "loses-an-update")));

class AccusesNobody : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(AccusesNobody, InAHundredSchedules) {
  const auto program = Start(GetParam().first, GetParam().second);
  EXPECT_FALSE(FindRun(*program, 100, [](const RunResult& run) { return !IsClean(run); }));
}

INSTANTIATE_TEST_SUITE_P(
    Runtime, AccusesNobody,
    testing::Values(std::pair("locks", "locked-counter"), std::pair("locks", "waits-properly"),
                    std::pair("locks", "lasts-a-day"), std::pair("locks", "timed-lock-is-long-enough"),
                    std::pair("locks", "everything-else"), std::pair("memory", "publishes"),
                    std::pair("memory", "publishes-by-fences"), std::pair("memory", "ends-by-pthread-exit"),
                    std::pair("memory", "shares-an-exception"), std::pair("memory", "writes-digits")));

TEST(FindingTest, TellsBothAccessesOfARace) {
  const RunResult run = Start("memory", "plain-counter")->Run(Order{});
  ASSERT_TRUE(Has(run, FindingKind::kDataRace));
  const Finding& race = run.findings[0];
  ASSERT_EQ(race.place_count, 2u);
  EXPECT_EQ(race.places[1].role, Role::kOther);
  EXPECT_NE(race.places[0].thread, race.places[1].thread);
  EXPECT_EQ(race.places[0].size, sizeof(int));
  EXPECT_EQ(race.places[0].address, race.places[1].address);
}

TEST(FindingTest, TellsWhoHoldsWhatInADeadlock) {
  const auto program = Start("locks", "locks-crossed");
  const auto run = FindRun(*program, 200, [](const RunResult& each) { return Has(each, FindingKind::kDeadlock); });
  ASSERT_TRUE(run);
  int in_cycle = 0;
  for (const ThreadInfo& thread : run->threads) {
    if (thread.in_cycle == 0) continue;
    ++in_cycle;
    EXPECT_EQ(thread.state, ThreadState::kWaiting);
    EXPECT_EQ(thread.operation, Operation::kLock);
    EXPECT_NE(thread.waits_for, kNoThread);
    ASSERT_EQ(thread.held_count, 1u);
    EXPECT_GT(thread.held[0].taken.depth, 0u);
    EXPECT_NE(thread.held[0].object, thread.object);
  }
  EXPECT_EQ(in_cycle, 2);
}

TEST(FindingTest, TellsWhichNotificationCameTooEarly) {
  const auto program = Start("locks", "waits-without-predicate");
  const auto run = FindRun(*program, 50, [](const RunResult& each) { return Has(each, FindingKind::kLostWakeUp); });
  ASSERT_TRUE(run);
  const Finding& lost = run->findings.back();
  ASSERT_EQ(lost.place_count, 2u);
  EXPECT_EQ(lost.places[0].operation, Operation::kConditionWait);
  EXPECT_EQ(lost.places[1].role, Role::kNotified);
  EXPECT_EQ(lost.places[1].operation, Operation::kNotifyOne);
  EXPECT_LT(lost.places[1].step, lost.places[0].step);
}

TEST(FindingTest, TellsWhereABlockWasAllocatedAndFreed) {
  const RunResult run = Start("memory", "uses-after-free")->Run(Order{});
  ASSERT_EQ(run.findings.size(), 1u);
  const Finding& use = run.findings[0];
  ASSERT_EQ(use.place_count, 3u);
  EXPECT_EQ(use.places[1].role, Role::kAllocated);
  EXPECT_EQ(use.places[1].thread, 0);
  EXPECT_EQ(use.places[2].role, Role::kFreed);
  EXPECT_EQ(use.places[2].thread, 1);
}

TEST(FindingTest, TellsWhatAnUncaughtExceptionSays) {
  const RunResult run = Start("memory", "throws-in-thread")->Run(Order{});
  ASSERT_EQ(run.findings.size(), 1u);
  EXPECT_STREQ(run.findings[0].text, "std::runtime_error: nobody catches me");
  EXPECT_EQ(run.findings[0].places[0].thread, 1);
}

// Where its thread cannot be left in the middle, it is only told that it is stuck.
TEST(FindingTest, FindsALoopThatNeverLooks) {
  const auto program = Start("memory", "waits-for-a-plain-flag");
  const RunResult run = program->Run(Order{});
  EXPECT_TRUE(Has(run, program->hello().fibers != 0 ? FindingKind::kDataRace : FindingKind::kStuck));
}

TEST(FindingTest, NamesTheCallThatItDoesNotModel) {
  const RunResult run = Start("memory", "forks")->Run(Order{});
  EXPECT_EQ(run.head.ending, Ending::kUnsupported);
  ASSERT_EQ(run.findings.size(), 1u);
  EXPECT_STREQ(run.findings[0].text, "fork()");
}

TEST(FindingTest, CountsThreadsLeftBehind) {
  const RunResult run = Start("memory", "leaves-a-thread-behind")->Run(Order{});
  EXPECT_EQ(run.head.ending, Ending::kExited);
  EXPECT_EQ(run.head.left_behind, 1u);
}

}  // namespace
}  // namespace grader::schedule
