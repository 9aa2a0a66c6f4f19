#include "grader/schedule/exhaustion.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

namespace grader::schedule {
namespace {

constexpr std::uint64_t Set(std::initializer_list<int> threads) {
  std::uint64_t set = 0;
  for (const int thread : threads) set |= std::uint64_t{1} << static_cast<unsigned>(thread);
  return set;
}

// Two threads that take so many steps each; every two steps depend on each other.
std::vector<Choice> RunOf(const Recipe& recipe, int steps_of_0, int steps_of_1) {
  std::vector<Choice> choices;
  while (steps_of_0 > 0 && steps_of_1 > 0) {
    Choice choice;
    choice.enabled = Set({0, 1});
    choice.chosen = choices.size() < recipe.prefix.size() ? recipe.prefix[choices.size()] : 0;
    --(choice.chosen == 0 ? steps_of_0 : steps_of_1);
    choices.push_back(choice);
  }
  return choices;
}

std::set<std::vector<ThreadNumber>> AllPaths(const std::function<std::vector<Choice>(const Recipe&)>& run) {
  Exhaustion search;
  std::set<std::vector<ThreadNumber>> paths;
  while (const auto recipe = search.Next()) {
    const auto choices = run(*recipe);
    EXPECT_TRUE(paths.insert(PathOf(choices).prefix).second) << "one path came twice";
    if (!search.Learn(choices)) ADD_FAILURE() << "it gave up";
  }
  return paths;
}

TEST(Exhaustion, TriesEveryInterleavingOnce) {
  // 4 choose 2 orders of the steps of two threads.
  EXPECT_EQ(AllPaths([](const Recipe& recipe) { return RunOf(recipe, 2, 2); }).size(), 6u);
  EXPECT_EQ(AllPaths([](const Recipe& recipe) { return RunOf(recipe, 3, 4); }).size(), 35u);
}

TEST(Exhaustion, RunsWhatHasNoChoiceOnce) {
  EXPECT_EQ(AllPaths([](const Recipe&) { return std::vector<Choice>(); }).size(), 1u);
}

TEST(Exhaustion, SaysWhoIsAsleep) {
  Exhaustion search;
  EXPECT_EQ(search.Next()->sleepers, 0u);
  Choice choice;
  choice.chosen = 2;
  choice.enabled = Set({1, 2, 3});
  choice.sleepers = Set({3});
  ASSERT_TRUE(search.Learn({choice}));
  const auto next = search.Next();
  ASSERT_TRUE(next);
  EXPECT_EQ(next->prefix, std::vector<ThreadNumber>{1});
  EXPECT_EQ(next->sleepers, Set({2, 3}));
  choice.chosen = 1;
  ASSERT_TRUE(search.Learn({choice}));
  EXPECT_FALSE(search.Next());  // thread 3 was explored elsewhere
}

TEST(Exhaustion, TriesEveryWaiterThatANotificationMayWake) {
  Exhaustion search;
  search.Next();
  Choice choice;
  choice.chosen = 1;
  choice.enabled = Set({1, 2});
  choice.sleepers = Set({2});
  choice.wakes = 1;
  ASSERT_TRUE(search.Learn({choice}));
  const auto next = search.Next();
  ASSERT_TRUE(next);
  EXPECT_EQ(next->prefix, std::vector<ThreadNumber>{2});
  EXPECT_EQ(next->sleepers, Set({2}));
}

TEST(Exhaustion, GivesUpWhereThreadsAreTooMany) {
  Exhaustion search;
  search.Next();
  Choice choice;
  choice.chosen = 64;
  EXPECT_FALSE(search.Learn({choice}));
}

}  // namespace
}  // namespace grader::schedule
