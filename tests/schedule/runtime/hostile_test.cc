// Whatever a program does to what is noted of it: it is not taken for a good one.
#include <gtest/gtest.h>

#include "tests/schedule/runtime/scenario.h"

namespace grader::schedule {
namespace {

class HostileProgram : public testing::TestWithParam<const char*> {};

TEST_P(HostileProgram, IsNotBelieved) {
  const auto program = Start("hostile", GetParam());
  for (int i = 0; i < 3; ++i) {
    const RunResult run = program->Run(MixedOrder(static_cast<std::uint64_t>(i)));
    EXPECT_FALSE(IsClean(run));
    EXPECT_TRUE(run.head.ending == Ending::kUnseen || run.head.ending == Ending::kFound ||
                Has(run, FindingKind::kDataRace))
        << "ending " << static_cast<int>(run.head.ending);
  }
}

INSTANTIATE_TEST_SUITE_P(Runtime, HostileProgram,
                         testing::Values("races-and-wipes", "races-and-scribbles", "races-and-leaves-behind-the-back",
                                         "leaves-by-a-raw-call", "waits-by-a-raw-call", "forks-by-a-raw-call",
                                         "closes-everything", "tells-everybody"));

class EarlyProgram : public testing::TestWithParam<const char*> {};

TEST_P(EarlyProgram, SaysNothingInTheRuntimesName) { EXPECT_THROW(Start("hostile", GetParam()), std::runtime_error); }

INSTANTIATE_TEST_SUITE_P(Runtime, EarlyProgram, testing::Values("leaves-early", "speaks-early"));

TEST(HostileProgramTest, TellsWhichCallWentPastTheLibrary) {
  const RunResult run = Start("hostile", "waits-by-a-raw-call")->Run(Order{});
  ASSERT_EQ(run.head.ending, Ending::kFound);
  ASSERT_EQ(run.findings.size(), 1u);
  EXPECT_STREQ(run.findings[0].text, "SIGSYS: a system call of its own, past the C library");
  EXPECT_GT(run.findings[0].places[0].stack.depth, 0u);
}

TEST(HostileProgramTest, HasNoWayToTellAnythingInTheRuntimesName) {
  const RunResult run = Start("hostile", "counts-ways-to-tell")->Run(Order{});
  EXPECT_EQ(run.head.ending, Ending::kExited);
  EXPECT_EQ(run.head.status, 0) << "ways to tell, or 50: nothing is guarded";
}

// What comes of it is undefined, but it comes of the program: it is no fault of ours, and the next run is a new one.
TEST(HostileProgramTest, MayJumpToAnotherStack) {
  const auto program = Start("hostile", "jumps-to-another-stack");
  for (int i = 0; i < 10; ++i) {
    const RunResult run = program->Run(MixedOrder(static_cast<std::uint64_t>(i)));
    EXPECT_NE(run.head.ending, Ending::kFault);
    EXPECT_NE(run.head.ending, Ending::kUnsupported);
  }
}

TEST(HostileProgramTest, IsNotAccusedForJumpingBackOnItsOwnStack) {
  const auto program = Start("hostile", "jumps-back-on-its-own-stack");
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(IsClean(program->Run(MixedOrder(static_cast<std::uint64_t>(i)))));
}

}  // namespace
}  // namespace grader::schedule
