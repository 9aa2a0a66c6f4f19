#include "grader/batch/lateness.h"

#include <gtest/gtest.h>

namespace grader::batch {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds kDue{1'800'000'000s};
const course::LateRule kRule{.grace = 15min, .percent_per_day = 10, .days = 5};

HandIn At(std::chrono::seconds after_due) { return {.student = "a", .source = "a", .handed_in = kDue + after_due}; }

TEST(Lateness, IsUnknownWithoutBothTimes) {
  EXPECT_FALSE(LatenessOf({.student = "a", .source = "a"}, kDue, 0s, kRule));
  EXPECT_FALSE(LatenessOf(At(1h), std::nullopt, 0s, kRule));
}

TEST(Lateness, CountsDaysBegunAfterGraceAndExtension) {
  EXPECT_EQ(LatenessOf(At(-1s), kDue, 0s, kRule)->days, 0);
  EXPECT_EQ(LatenessOf(At(15min), kDue, 0s, kRule)->days, 0);
  EXPECT_EQ(LatenessOf(At(15min + 1s), kDue, 0s, kRule)->days, 1);
  EXPECT_EQ(LatenessOf(At(25h), kDue, 0s, kRule)->days, 2);
  EXPECT_EQ(LatenessOf(At(25h), kDue, 24h, kRule)->days, 1);
  EXPECT_EQ(LatenessOf(At(25h), kDue, 48h, kRule)->days, 0);
}

TEST(Lateness, TakesOffByTheRule) {
  EXPECT_DOUBLE_EQ(LatenessOf(At(25h), kDue, 0s, kRule)->kept, 0.8);
  EXPECT_DOUBLE_EQ(LatenessOf(At(5 * 24h), kDue, 0s, kRule)->kept, 0.5);
  EXPECT_DOUBLE_EQ(LatenessOf(At(5 * 24h + 1s), kDue, 0s, kRule)->kept, 0);
  EXPECT_DOUBLE_EQ(LatenessOf(At(25h), kDue, 0s, std::nullopt)->kept, 1);
}

TEST(Lateness, OfALateMarkCostsNothing) {
  const auto late = LatenessOf({.student = "a", .source = "a", .marked_late = true}, kDue, 0s, kRule);
  ASSERT_TRUE(late);
  EXPECT_TRUE(late->unknown);
  EXPECT_EQ(late->kept, 1);
}

}  // namespace
}  // namespace grader::batch
