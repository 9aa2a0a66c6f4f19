#include "grader/schedule/portfolio.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace grader::schedule {
namespace {

TEST(Portfolio, BeginsWithOneFairRun) {
  const Recipe first = Portfolio(7, kAllDisturbances).At(1);
  EXPECT_EQ(first.strategy, Strategy::kFair);
  EXPECT_EQ(first.options, 0u);
  EXPECT_EQ(first.seed, 0u);
}

TEST(Portfolio, GivesEachStrategyItsShare) {
  std::map<Strategy, int> shares;
  for (int number = 2; number < 2 + 16 * 10; ++number) ++shares[Portfolio(1, 0).At(number).strategy];
  const std::map<Strategy, int> expected = {{Strategy::kSurw, 40},       {Strategy::kPos, 30},
                                            {Strategy::kPct, 30},        {Strategy::kDirected, 30},
                                            {Strategy::kRandomWalk, 20}, {Strategy::kDelayBounded, 10}};
  EXPECT_EQ(shares, expected);
}

TEST(Portfolio, DisturbsOnlyAsAllowed) {
  std::uint32_t seen = 0;
  for (int number = 1; number < 200; ++number) seen |= Portfolio(1, kEarlySleepers).At(number).options;
  EXPECT_EQ(seen, kEarlySleepers | kHoldNewThreads | kPointsEverywhere);
}

TEST(Portfolio, DisturbsAboutHalfOfTheSchedules) {
  int spurious = 0;
  for (int number = 1; number <= 1000; ++number) {
    if ((Portfolio(1, kAllDisturbances).At(number).options & kSpuriousWakeUps) != 0) ++spurious;
  }
  EXPECT_GT(spurious, 400);
  EXPECT_LT(spurious, 600);
}

TEST(Portfolio, IsTheSameForTheSameSeedAndNoOther) {
  std::set<std::uint64_t> seeds;
  for (int number = 2; number < 500; ++number) {
    EXPECT_EQ(Portfolio(3, 0).At(number).seed, Portfolio(3, 0).At(number).seed);
    seeds.insert(Portfolio(3, 0).At(number).seed);
    seeds.insert(Portfolio(4'000'000'000, 0).At(number).seed);
  }
  EXPECT_EQ(seeds.size(), 2u * 498);
}

}  // namespace
}  // namespace grader::schedule
