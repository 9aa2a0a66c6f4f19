#include "grader/report/when.h"

#include <gtest/gtest.h>

namespace grader::report {
namespace {

using namespace std::chrono;

const Moment kMoment = sys_days{2026y / March / 7} + 4h + 5min + 6s + 78ms;

TEST(When, IsUtcWithoutZoneAndFraction) { EXPECT_EQ(UtcSeconds(kMoment), "2026-03-07T04:05:06"); }

TEST(When, HasMillisecondsAndZoneWhereWanted) { EXPECT_EQ(UtcMilliseconds(kMoment), "2026-03-07T04:05:06.078Z"); }

TEST(When, IsRightBeforeTheEpoch) { EXPECT_EQ(UtcMilliseconds(Moment(-1ms)), "1969-12-31T23:59:59.999Z"); }

TEST(Seconds, HaveThreeDecimals) {
  EXPECT_EQ(Seconds(0ms), "0.000");
  EXPECT_EQ(Seconds(12ms), "0.012");
  EXPECT_EQ(Seconds(1234567ms), "1234.567");
  EXPECT_EQ(Seconds(-5ms), "0.000");
}

TEST(ForPeople, IsShort) {
  EXPECT_EQ(ForPeople(40ms), "0.0 s");
  EXPECT_EQ(ForPeople(250ms), "0.3 s");
  EXPECT_EQ(ForPeople(59900ms), "59.9 s");
  EXPECT_EQ(ForPeople(125000ms), "2 min 5 s");
}

}  // namespace
}  // namespace grader::report
