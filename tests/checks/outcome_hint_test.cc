#include "grader/checks/outcome_hint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "grader/checks/failure_text.h"
#include "grader/checks/matchers.h"
#include "tests/checks/hand_made.h"

namespace grader::checks {
namespace {

using ::testing::HasSubstr;

// The hint that a failure of this matcher carries.
std::string HintOf(const RunMatcher& matcher, const observe::Observation& run) {
  ::testing::StringMatchResultListener listener;
  EXPECT_FALSE(matcher.MatchAndExplain(run, &listener));
  return DecodeFailures(listener.str()).at(0).failure.hint;
}

observe::Observation RunThat(observe::Outcome outcome) {
  auto run = testing::CleanRun();
  run.outcome = std::move(outcome);
  return run;
}

TEST(OutcomeHint, StandsForTheChecksWhereTheProgramDidNotEndByItself) {
  EXPECT_THAT(HintOf(PrintsNothing(), RunThat(observe::Signaled{SIGSEGV, {}})), HasSubstr("sanitize"));
  EXPECT_THAT(HintOf(ExitsCleanly(), RunThat(observe::Signaled{SIGABRT, {}})), HasSubstr("stderr"));
  EXPECT_THAT(HintOf(ExitsWith(2), RunThat(observe::Deadlocked{})), HasSubstr("wake"));
  EXPECT_THAT(HintOf(PrintsNothing(), RunThat(observe::OutOfTime{sandbox::Limit::kCpuTime})), HasSubstr("loop"));
  EXPECT_THAT(HintOf(PrintsNothing(), RunThat(observe::OutOfTime{})), HasSubstr("sleep"));
  EXPECT_THAT(HintOf(LeavesNoZombie(), RunThat(observe::TooManyProcesses{})), HasSubstr("create processes"));
}

TEST(OutcomeHint, IsThatOfADeadlockIfPartOfARunWasDeadlocked) {
  auto run = RunThat(observe::OutOfTime{});
  run.partial_deadlock.emplace();
  EXPECT_EQ(HintOf(PrintsNothing(), run), HintOn(observe::Deadlocked{}));
}

TEST(OutcomeHint, LeavesTheChecksOwnJudgementToTheChecksHint) {
  auto run = testing::CleanRun();
  run.out.head = "a line\n";
  EXPECT_EQ(HintOf(PrintsNothing(), run), "");
  EXPECT_EQ(HintOf(ExitsCleanly(), RunThat(observe::Exited{1})), "");
}

}  // namespace
}  // namespace grader::checks
