// The fork server: results hold what the run wrote, and the same order gives the same run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/schedule/runtime/scenario.h"

namespace grader::schedule {
namespace {

using testing::HasSubstr;

TEST(RuntimeServerTest, HandsInputInAndOutputOut) {
  const auto program = Start("memory", "echoes");
  RunResult run = program->Run(Order{}, {}, "one\ntwo\n");
  EXPECT_EQ(run.out, "<one>\n<two>\n");
  EXPECT_EQ(run.head.status, 7);
  run = program->Run(Order{}, {}, "three\n");
  EXPECT_EQ(run.out, "<three>\n");
}

TEST(RuntimeServerTest, KeepsWhatWasWrittenBeforeARunIsEnded) {
  const RunResult run = Start("memory", "asserts")->Run(Order{});
  EXPECT_EQ(run.head.ending, Ending::kFound);
  EXPECT_EQ(run.err, "about to abort\n");
}

TEST(RuntimeServerTest, DestroysThreadLocalsWhenTheirThreadEnds) {
  const RunResult run = Start("memory", "destroys-thread-locals")->Run(Order{});
  EXPECT_EQ(run.out, "other ends\nmain ends\n");
}

TEST(RuntimeServerTest, UnwindsAThreadThatExits) {
  EXPECT_THAT(Start("memory", "ends-by-pthread-exit")->Run(Order{}).out, HasSubstr("unwound"));
}

// Two servers, so that kernel's randomisation of addresses cannot hide a difference.
TEST(RuntimeServerTest, GivesTheSameRunForTheSameOrder) {
  for (const char* scenario : {"everything-else", "locks-crossed", "waits-in-an-if"}) {
    const auto first = Start("locks", scenario);
    const auto second = Start("locks", scenario);
    for (std::uint64_t i = 60; i-- > 0;) {
      const Result one = first->Run(MixedOrder(59 - i)).head;
      const Result two = second->Run(MixedOrder(i)).head;
      const Result again = first->Run(MixedOrder(i)).head;
      EXPECT_EQ(two.hash, again.hash) << scenario << " " << i;
      EXPECT_EQ(two.steps, again.steps) << scenario << " " << i;
      EXPECT_NE(one.hash, 0u);
    }
  }
}

TEST(RuntimeServerTest, GivesTheSameRunAThousandTimes) {
  const auto program = Start("locks", "locks-crossed");
  const std::uint64_t hash = program->Run(MixedOrder(7)).head.hash;
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(program->Run(MixedOrder(7)).head.hash, hash);
}

// Whoever fills gigabytes would take seconds, and be taken for one who loops.
TEST(RuntimeServerTest, CountsTheStepsOfALargeAccess) {
  const auto program = Start("memory", "fills-much");
  EXPECT_TRUE(IsClean(program->Run(Order{})));
  Order order;
  order.step_limit = 100'000;
  const RunResult run = program->Run(order);
  EXPECT_EQ(run.head.ending, Ending::kStepLimit);
  EXPECT_TRUE(run.findings.empty());
}

TEST(RuntimeServerTest, RecordsSteps) {
  Order order;
  order.options = kRecordSteps;
  const RunResult run = Start("locks", "locked-counter")->Run(order);
  int taken = 0;
  for (const Step& step : run.steps) taken += step.operation == Operation::kLock && step.blocked == 0;
  EXPECT_EQ(taken, 2);
  EXPECT_EQ(run.steps.front().operation, Operation::kThreadCreate);
}

}  // namespace
}  // namespace grader::schedule
