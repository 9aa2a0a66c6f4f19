#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>

#include "grader/checks/printing.h"
#include "grader/checks/registry.h"
#include "tests/checks/hand_made.h"

namespace grader::checks {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

TEST(TitleFromName, MakesASentence) {
  EXPECT_EQ(TitleFromName("LeavesNoZombieInABurst"), "leaves no zombie in a burst");
  EXPECT_EQ(TitleFromName("PrintsPIDOfEachChild"), "prints PID of each child");
  EXPECT_EQ(TitleFromName("WaitsFor255Children"), "waits for 255 children");
  EXPECT_EQ(TitleFromName("Ends"), "ends");
}

TEST(CommandLine, IsWhatTheStudentWouldType) {
  auto run = testing::CleanRun();
  EXPECT_EQ(CommandLine(run), "./reap nohang 3");
  run.command.argv = {"/usr/bin/python3", "/box/reap.py", "nohang", "3"};
  EXPECT_EQ(CommandLine(run), "python3 reap.py nohang 3");
  run.command.argv = {"/box/fork", "", "it's", "a b", "$x"};
  EXPECT_EQ(CommandLine(run), R"(./fork '' 'it'\''s' 'a b' '$x')");
}

TEST(OutputOf, EndsWithTheStepsOfAScheduledRun) {
  auto run = testing::CleanRun();
  run.out.head = "tick";
  run.err.head = "late\n";
  EXPECT_EQ(OutputOf(run), "tick\n--- stderr ---\nlate\n");
  observe::ScheduleStep step;
  step.number = 7;
  step.kind = observe::ScheduleStep::Kind::kCalls;
  step.call = SYS_pause;
  run.steps = {step};
  EXPECT_THAT(OutputOf(run), ::testing::MatchesRegex("tick\n--- stderr ---\nlate\n--- the last steps, one process at a "
                                                     "time ---\n7\\. .*pause\\(\\).*\n"));
}

TEST(PrintTo, IsShort) {
  EXPECT_EQ(::testing::PrintToString(testing::CleanRun()), "`./reap nohang 3`, which ended with status 0");
}

TEST(SplitLines, CountsAnUnfinishedLastLine) {
  EXPECT_THAT(SplitLines(""), IsEmpty());
  EXPECT_THAT(SplitLines("a\n\nb"), ElementsAre("a", "", "b"));
  EXPECT_THAT(SplitLines("a\n"), ElementsAre("a"));
}

TEST(InWords, ChoosesAUnit) {
  EXPECT_EQ(InWords(400us), "0.4 ms");
  EXPECT_EQ(InWords(12ms), "12 ms");
  EXPECT_EQ(InWords(3200ms), "3.2 s");
}

TEST(OutputOf, KeepsHeadAndTailAndCountsTheRest) {
  observe::Observation run;
  run.out.head = std::string(5000, 'a');
  run.out.tail = std::string(5000, 'b');
  run.out.left_out = 1'000'000;
  run.err.head = "oops\n";
  EXPECT_EQ(OutputOf(run), std::string(2048, 'a') + "\n[... 1005904 bytes left out ...]\n" + std::string(2048, 'b') +
                               "\n--- stderr ---\noops\n");
}

}  // namespace
}  // namespace grader::checks
