#include "grader/batch/tally.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace grader::batch {
namespace {

TEST(Tally, IsAPlainLineForEachWhereNobodyWatches) {
  std::ostringstream out;
  Tally tally(out, {}, 12);
  tally.Add("alice", Fate::kFullMarks, "10 of 10 points");
  tally.Add("b\x1b[1mob", Fate::kFault, "a fault");
  tally.Finish();
  EXPECT_EQ(out.str(), " 1/12  alice  10 of 10 points\n 2/12  b\\x1b[1mob  a fault\n");
}

TEST(Tally, IsOneLineOnATerminal) {
  std::ostringstream out;
  Tally tally(out, {.live = true}, 3);
  tally.Add("alice", Fate::kFullMarks, "10 of 10 points");
  tally.Add("bob", Fate::kNotFullMarks, "4 of 10 points");
  tally.Finish();
  EXPECT_THAT(out.str(), ::testing::HasSubstr("\r\x1b[K2 of 3 · 1 full marks · 1 less"));
  EXPECT_EQ(tally.CountOf(Fate::kFullMarks), 1);
}

TEST(Tally, TellsWhatRunsAndHowManyMay) {
  std::ostringstream out;
  Tally tally(out, {.live = true}, 3);
  tally.Begin();
  tally.Begin();
  EXPECT_TRUE(out.str().ends_with("\r\x1b[K0 of 3 · 2 running · 0 a minute")) << out.str();
  tally.Pace(1, 2);
  EXPECT_TRUE(out.str().ends_with(" · busy machine: 1 at a time")) << out.str();
}

TEST(Tally, SaysOnceThatTheMachineIsBusyWhereNobodyWatches) {
  std::ostringstream out;
  Tally tally(out, {}, 3);
  tally.Pace(8, 8);
  tally.Pace(3, 8);
  tally.Pace(2, 8);
  tally.Pace(8, 8);
  EXPECT_EQ(out.str(), "the machine is busy: 3 at a time instead of 8\n8 at a time again\n");
}

}  // namespace
}  // namespace grader::batch
