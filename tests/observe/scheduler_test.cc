#include "grader/observe/scheduler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace grader::observe {
namespace {

using testing::IsEmpty;

using Candidates = std::vector<Scheduler::Candidate>;

std::vector<std::size_t> Choices(Scheduler& scheduler, const Candidates& candidates, int steps) {
  std::vector<std::size_t> choices;
  for (int i = 0; i < steps; ++i) choices.push_back(scheduler.Choose(candidates).index);
  return choices;
}

TEST(Scheduler, ChoosesTheSameForTheSameSeed) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Scheduler first({.seed = seed});
    Scheduler again({.seed = seed});
    const Candidates candidates = {{{0, 0}}, {{1, 0}}, {{1, 1}}};
    EXPECT_EQ(Choices(first, candidates, 50), Choices(again, candidates, 50));
  }
}

TEST(Scheduler, ChoosesOtherwiseForOtherSeeds) {
  std::set<std::vector<std::size_t>> orders;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Scheduler scheduler({.seed = seed});
    orders.insert(Choices(scheduler, {{{0, 0}}, {{1, 0}}}, 20));
  }
  EXPECT_GT(orders.size(), 5U);
}

TEST(Scheduler, DoesNotCareInWhichOrderItIsAsked) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Scheduler forwards({.seed = seed, .change_points = 0});
    Scheduler backwards({.seed = seed, .change_points = 0});
    EXPECT_EQ(forwards.Choose({{{0, 0}}, {{1, 0}}, {{2, 0}}}).index,
              2 - backwards.Choose({{{2, 0}}, {{1, 0}}, {{0, 0}}}).index);
  }
}

TEST(Scheduler, StaysWithOneTaskWithoutChangePoints) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Scheduler scheduler({.seed = seed, .change_points = 0});
    const auto choices = Choices(scheduler, {{{0, 0}}, {{1, 0}}}, Scheduler::kLongestTurn);
    EXPECT_EQ(std::set(choices.begin(), choices.end()).size(), 1U);
  }
}

TEST(Scheduler, LetsNobodyWaitForEver) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Scheduler scheduler({.seed = seed, .change_points = 0});
    const auto choices = Choices(scheduler, {{{0, 0}}, {{1, 0}}, {{2, 0}}}, 4 * Scheduler::kLongestTurn);
    EXPECT_EQ(std::set(choices.begin(), choices.end()).size(), 3U);
  }
}

TEST(Scheduler, ChangesNothingForOneWhoIsAlone) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Scheduler scheduler({.seed = seed});
    for (int i = 0; i < 300; ++i) EXPECT_THAT(scheduler.Choose({{{0, 0}}}).put_back, IsEmpty());
  }
}

TEST(Scheduler, OftenLetsOthersOvertakeWhoSleeps) {
  int overtaken = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    Scheduler scheduler({.seed = seed, .change_points = 0});
    const Candidates candidates = {{{0, 0}}, {{1, 0}}};
    const std::size_t first = scheduler.Choose(candidates).index;
    scheduler.Slept(candidates[first].name);
    if (scheduler.Choose(candidates).index != first) ++overtaken;
  }
  EXPECT_GT(overtaken, 25);
  EXPECT_LT(overtaken, 75);
}

}  // namespace
}  // namespace grader::observe
