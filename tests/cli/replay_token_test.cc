#include "grader/cli/replay_token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/cli/errors.h"

namespace grader::cli {
namespace {

TEST(ReplayToken, NamesCheckInputsAndSchedule) {
  const ReplayToken token = ParseReplayToken("Event.WakesEveryWaiter@4711/2/1.surw.3.3.9f21c07a.5be1d9a0.77aa12bc");
  EXPECT_EQ(token.check, "Event.WakesEveryWaiter");
  EXPECT_EQ(token.seed, 4711u);
  EXPECT_EQ(token.schedule, "2/1.surw.3.3.9f21c07a.5be1d9a0.77aa12bc");
}

class NoReplayToken : public ::testing::TestWithParam<const char*> {};

TEST_P(NoReplayToken, IsRefusedWithARemedy) {
  EXPECT_THAT([] { ParseReplayToken(GetParam()); },
              ::testing::ThrowsMessage<UsageError>(::testing::HasSubstr(
                  "is no token of a schedule; copy the one that a failure shows behind --replay")));
}

INSTANTIATE_TEST_SUITE_P(ReplayToken, NoReplayToken,
                         ::testing::Values("", "A.B", "A.B@", "A.B@4", "A.B@4/", "@4/1/x", "A.B@x/1/y", "A.B/1@4",
                                           "A.B@4x/1"));

}  // namespace
}  // namespace grader::cli
