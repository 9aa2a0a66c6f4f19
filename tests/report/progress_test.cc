#include "grader/report/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "grader/report/wrap.h"
#include "tests/report/samples.h"

namespace grader::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// What a terminal of endless width shows, given CR and ESC [ K.
std::string Screen(const std::string& bytes) {
  std::string line;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\r') {
      EXPECT_EQ(bytes.substr(i + 1, 3), "\x1b[K");
      line.clear();
      i += 3;
    } else {
      line += bytes[i];
    }
  }
  return line;
}

class ProgressTest : public ::testing::Test {
 protected:
  checks::Started Start() { return {.lab = "lab02-reap", .seed = 1, .isolation = "full", .checks = SampleChecks()}; }

  std::ostringstream out_;
  Style live_{.width = 80, .live = true};
};

TEST_F(ProgressTest, SaysWhichCheckRuns) {
  Progress progress(out_, live_);
  progress.Say("preparing lab02-reap");
  EXPECT_EQ(Screen(out_.str()), "preparing lab02-reap");
  progress.Show(Start());
  progress.Show(checks::BuildReport{.program = "reap", .ok = true});
  EXPECT_EQ(Screen(out_.str()), "built reap");
  progress.Show(checks::CheckStarted{"Nohang.Ticks"});
  EXPECT_EQ(Screen(out_.str()), "0 of 13 checks · ticks every 10 ms");
  progress.Show(checks::CheckResult{.id = "Nohang.Ticks", .status = checks::CheckStatus::kFailed});
  EXPECT_EQ(Screen(out_.str()), "1 of 13 checks, 1 failed");
}

TEST_F(ProgressTest, GoesBackToACheckThatStillRuns) {
  Progress progress(out_, live_);
  progress.Show(Start());
  progress.Show(checks::CheckStarted{"Nohang.Ticks"});
  progress.Show(checks::CheckStarted{"Quiz.Answers"});
  progress.Show(checks::CheckResult{.id = "Quiz.Answers"});
  EXPECT_EQ(Screen(out_.str()), "1 of 13 checks · ticks every 10 ms");
}

TEST_F(ProgressTest, LeavesNothingBehind) {
  {
    Progress progress(out_, live_);
    progress.Show(Start());
  }
  EXPECT_EQ(Screen(out_.str()), "");
}

TEST_F(ProgressTest, IsGoneWhenAllIsFinishedOrAFaultEndsIt) {
  Progress progress(out_, live_);
  progress.Show(Start());
  progress.Show(checks::Finished{});
  EXPECT_EQ(Screen(out_.str()), "");
  progress.Show(checks::CheckStarted{"Quiz.Answers"});
  progress.Show(checks::Fault{"no memory"});
  EXPECT_EQ(Screen(out_.str()), "");
}

TEST_F(ProgressTest, IsSilentWhereNothingIsLive) {
  {
    Progress progress(out_, Style{});
    progress.Say("preparing");
    progress.Show(Start());
    progress.Show(checks::CheckStarted{"Nohang.Ticks"});
  }
  EXPECT_EQ(out_.str(), "");
}

TEST_F(ProgressTest, NeverReachesTheLastColumn) {
  live_.width = 20;
  Progress progress(out_, live_);
  progress.Show(Start());
  progress.Show(checks::CheckStarted{"Nohang.LeavesNoZombieInABurst"});
  EXPECT_EQ(DisplayWidth(Screen(out_.str())), 19);
}

TEST_F(ProgressTest, DoesNotNameAHiddenCheck) {
  Progress progress(out_, live_);
  progress.Show(Start());
  progress.Show(checks::CheckStarted{"Nohang.SurvivesAStorm"});
  EXPECT_THAT(out_.str(), HasSubstr("hidden check"));
  EXPECT_THAT(out_.str(), Not(HasSubstr("storm")));
}

TEST_F(ProgressTest, ShowsNamesSafely) {
  Progress progress(out_, live_);
  progress.Show(checks::BuildReport{.program = "a\x1b[2J\nb"});
  EXPECT_EQ(Screen(out_.str()), "built a\\x1b[2J b");
}

}  // namespace
}  // namespace grader::report
