#include "grader/checks/random.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>
#include <stdexcept>

namespace grader::checks {
namespace {

TEST(Random, GivesTheSameInputsForTheSameSeedAndCheck) {
  Random a(7, "Reap.A");
  Random b(7, "Reap.A");
  for (int i = 0; i < 100; ++i) ASSERT_EQ(a.Integer(0, 1'000'000), b.Integer(0, 1'000'000));
  EXPECT_EQ(a.Name(), b.Name());
}

// Written down once: a printed seed must still mean the same inputs after an update of compiler or library.
TEST(Random, GivesTheSameInputsOnEveryMachine) {
  Random random(7, "Reap.A");
  EXPECT_EQ(random.Integer(1, 1'000'000), 170'215);
  EXPECT_EQ(random.Name(), "qnytdstq");
}

TEST(Random, GivesOtherInputsForAnotherSeedOrCheck) {
  const auto name = Random(7, "Reap.A").Name(16);
  EXPECT_NE(name, Random(8, "Reap.A").Name(16));
  EXPECT_NE(name, Random(7, "Reap.B").Name(16));
}

TEST(Random, StaysInItsRangeAndReachesAllOfIt) {
  Random random(1);
  std::set<std::int64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random.Integer(-2, 2));
  EXPECT_THAT(seen, ::testing::ElementsAre(-2, -1, 0, 1, 2));
  EXPECT_EQ(random.Integer(5, 5), 5);
  random.Integer(std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max());
  EXPECT_THROW(random.Integer(1, 0), std::invalid_argument);
}

TEST(Random, ShufflesWithoutLosingAnything) {
  Random random(1);
  std::vector<int> values(50);
  std::iota(values.begin(), values.end(), 0);
  auto shuffled = values;
  random.Shuffle(shuffled);
  EXPECT_NE(shuffled, values);
  EXPECT_THAT(shuffled, ::testing::UnorderedElementsAreArray(values));
}

TEST(Random, PicksOnlyFromSomething) {
  Random random(1);
  EXPECT_EQ(random.Pick(std::vector<int>{4}), 4);
  EXPECT_THROW(random.Pick(std::vector<int>{}), std::invalid_argument);
}

}  // namespace
}  // namespace grader::checks
