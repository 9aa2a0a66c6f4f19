// Exhaustive search: every order is reached, none twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <map>
#include <set>
#include <string>

#include "tests/schedule/runtime/scenario.h"

namespace grader::schedule {
namespace {

std::uint64_t BitOf(ThreadNumber thread) { return std::uint64_t{1} << thread; }

// A depth-first search over the choices, as protocol.h describes it.
class Search {
 public:
  explicit Search(ScheduledProgram& program) : program_(program) {}

  // How often each output came; pruned runs do not count.
  std::map<std::string, int> Outputs(int most_runs) {
    std::map<std::string, int> outputs;
    for (int run = 0; run < most_runs; ++run) {
      if (RunResult result = RunNext(); result.head.ending == Ending::kExited) ++outputs[result.out];
      if (!Backtrack()) return outputs;
    }
    ADD_FAILURE() << "the search does not end";
    return outputs;
  }

 private:
  struct Node {
    Choice choice;
    std::uint64_t explored = 0;
  };

  RunResult RunNext() {
    Order order;
    order.strategy = Strategy::kPrefix;
    order.options = kRecordChoices;
    std::vector<ThreadNumber> prefix;
    for (const Node& node : path_) prefix.push_back(node.choice.chosen);
    if (!path_.empty()) {
      const Node& last = path_.back();
      order.sleepers = last.choice.sleepers | (last.choice.wakes != 0 ? 0 : last.explored & ~BitOf(last.choice.chosen));
    }
    RunResult result = program_.Run(order, prefix);
    for (std::size_t i = path_.size(); i < result.choices.size(); ++i) {
      path_.push_back({result.choices[i], BitOf(result.choices[i].chosen)});
    }
    return result;
  }

  // To the last choice with another way to go.
  bool Backtrack() {
    for (; !path_.empty(); path_.pop_back()) {
      Node& node = path_.back();
      const std::uint64_t left = node.choice.enabled & ~node.choice.sleepers & ~node.explored;
      if (left == 0) continue;
      node.choice.chosen = std::countr_zero(left);
      node.explored |= BitOf(node.choice.chosen);
      return true;
    }
    return false;
  }

  ScheduledProgram& program_;
  std::vector<Node> path_;
};

TEST(ExhaustiveSearchTest, ReachesEveryOrder) {
  const auto program = Start("memory", "writes-digits");
  std::set<std::string> reached;
  for (const auto& [output, times] : Search(*program).Outputs(5000)) reached.insert(output);
  EXPECT_THAT(reached, testing::ElementsAre("1122\n", "1212\n", "1221\n", "2112\n", "2121\n", "2211\n"));
}

TEST(ExhaustiveSearchTest, EndsSoonWhereOrdersDoNotMatter) {
  const auto program = Start("locks", "locked-counter");
  int runs = 0;
  for (const auto& [output, times] : Search(*program).Outputs(100)) runs += times;
  EXPECT_GE(runs, 2);
  EXPECT_LE(runs, 16);
}

}  // namespace
}  // namespace grader::schedule
