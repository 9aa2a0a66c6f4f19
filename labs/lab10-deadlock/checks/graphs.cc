// find_deadlock().
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "graph.h"

namespace grader::checks::lab10 {
namespace {

class GraphCheck : public DeadlockCheck {
 protected:
  // Gives the edges in any order.
  void Ask(const std::string& scenario, Edges edges) {
    random().Shuffle(edges);
    AskInOrder(scenario, edges);
  }

  void AskInOrder(const std::string& scenario, const Edges& edges) { JudgeOne(scenario, edges, HasCycle(edges)); }

  // As Ask() and AskInOrder(), of a graph so large that it is known by its shape whether it has a cycle.
  void AskLarge(const std::string& scenario, Edges edges) {
    random().Shuffle(edges);
    JudgeOne(scenario, edges, false);
  }
  void AskLargeInOrder(const std::string& scenario, const Edges& edges) { JudgeOne(scenario, edges, false); }
  void AskLargeCircle(const std::string& scenario, const Edges& edges) { JudgeOne(scenario, edges, true); }

  Edges RandomGraph(int nodes, int edges) {
    Edges graph;
    for (int i = 0; i < edges; ++i) graph.push_back({Between(-nodes / 2, nodes / 2), Between(-nodes / 2, nodes / 2)});
    return graph;
  }

 private:
  void JudgeOne(const std::string& scenario, const Edges& edges, bool has_cycle) {
    auto options =
        Doing(edges.size() > 20 ? "find_deadlock() of " + scenario : fmt::format("find_deadlock({})", Shown(edges)),
              {"graph"});
    options.input = Input(edges);
    const auto run = Run(std::move(options));
    ASSERT_THAT(run, ExitsCleanly());
    EXPECT_THAT(run, FindsACycleOf(edges, has_cycle));
  }
};

constexpr int kMost = 300'000;

LAB_CHECK_F(GraphCheck, Graph, FindsCycles, .points = 4,
            .hint =
                "Follow the edges from each waiter; who is met again on the same path closes a cycle, which begins "
                "where it was met first.",
            .title = "find_deadlock() returns a cycle") {
  const int a = Between(1, 1000);
  ASSERT_NO_FATAL_FAILURE(Ask("two that wait for each other", {{a, a + 1}, {a + 1, a}}));
  ASSERT_NO_FATAL_FAILURE(Ask("three in a circle", {{a, a + 1}, {a + 1, a + 2}, {a + 2, a}}));
  ASSERT_NO_FATAL_FAILURE(AskInOrder("a path into a circle", {{1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 3}}));
  ASSERT_NO_FATAL_FAILURE(
      Ask("a circle, and others beside it", {{1, 2}, {7, 8}, {8, 9}, {3, 1}, {2, 9}, {20, 21}, {21, 22}, {22, 20}}));
  ASSERT_NO_FATAL_FAILURE(Ask("waiters with several edges", {{1, 2}, {1, 3}, {1, 4}, {4, 5}, {4, 6}, {6, 1}, {3, 5}}));
  ASSERT_NO_FATAL_FAILURE(Ask("two circles with one in common", {{1, 2}, {2, 3}, {3, 1}, {2, 4}, {4, 5}, {5, 2}}));
  for (int i = 0; i < 4; ++i) ASSERT_NO_FATAL_FAILURE(Ask("some graph", RandomGraph(12, 14)));
}

LAB_CHECK_F(GraphCheck, Graph, FindsNoneWhereThereIsNone, .points = 4,
            .hint = "To meet somebody again who is not on the path is no cycle.",
            .title = "find_deadlock() returns nothing if there is no cycle") {
  ASSERT_NO_FATAL_FAILURE(Ask("no edges", {}));
  ASSERT_NO_FATAL_FAILURE(Ask("one edge", {{1, 2}}));
  ASSERT_NO_FATAL_FAILURE(Ask("two ways to the same one", {{1, 2}, {1, 3}, {2, 4}, {3, 4}, {4, 5}}));
  ASSERT_NO_FATAL_FAILURE(Ask("the same edge three times", {{1, 2}, {1, 2}, {1, 2}, {2, 3}}));
  ASSERT_NO_FATAL_FAILURE(Ask("a circle but for the direction of one edge", {{1, 2}, {2, 3}, {1, 3}}));
  for (int i = 0; i < 4; ++i) {
    auto edges = RandomGraph(20, 30);
    std::erase_if(edges, [](const Edge& edge) { return edge.waiter >= edge.holder; });
    ASSERT_NO_FATAL_FAILURE(Ask("some graph without a cycle", edges));
  }
}

LAB_CHECK_F(GraphCheck, Graph, TakesAnyInts, .points = 3,
            .hint = "Numbers of threads are not small and not dense: use a map, or sort the edges.",
            .needs = {"Graph.FindsCycles"}, .title = "any ints, repeated edges, waits for oneself") {
  constexpr int kLowest = std::numeric_limits<int>::min();
  constexpr int kHighest = std::numeric_limits<int>::max();
  const int a = Between(-100'000, -1);
  ASSERT_NO_FATAL_FAILURE(Ask("one that waits for itself", {{a, a}}));
  ASSERT_NO_FATAL_FAILURE(Ask("one that waits for itself, among others", {{1, 2}, {2, 3}, {3, 3}, {0, 3}}));
  ASSERT_NO_FATAL_FAILURE(Ask("a circle, twice", {{a, 7}, {7, a}, {a, 7}, {7, a}}));
  ASSERT_NO_FATAL_FAILURE(Ask("the largest and the smallest int", {{kLowest, kHighest}, {kHighest, 0}, {0, kLowest}}));
  ASSERT_NO_FATAL_FAILURE(Ask("minus one", {{-1, 0}, {0, -1}}));
  ASSERT_NO_FATAL_FAILURE(Ask("large ints without a cycle", {{kLowest, kHighest}, {kHighest, -1}, {kLowest, -1}}));
}

LAB_CHECK_F(GraphCheck, Graph, TakesLargeGraphs, .points = 6,
            .hint =
                "A recursion 300,000 deep needs more stack than there is; and who has been looked at from one side "
                "need not be looked at again from another.",
            .needs = {"Graph.FindsCycles", "Graph.FindsNoneWhereThereIsNone"},
            .title = "300,000 edges, in whatever shape") {
  ASSERT_NO_FATAL_FAILURE(AskLargeInOrder("a chain of 300,000", Chain(kMost)));
  ASSERT_NO_FATAL_FAILURE(AskLarge("a chain of 300,000, shuffled", Chain(kMost)));
  ASSERT_NO_FATAL_FAILURE(AskLargeCircle("a circle of 300,000", Circle(kMost)));
  ASSERT_NO_FATAL_FAILURE(AskLargeInOrder("a chain of 300,000, from its end", Reversed(Chain(kMost))));
  ASSERT_NO_FATAL_FAILURE(AskLargeInOrder("300,000 ways to choose, two at each step", Ladder(kMost)));
  ASSERT_NO_FATAL_FAILURE(AskLarge("one that waits for all others", Star(kMost)));
  ASSERT_NO_FATAL_FAILURE(AskLarge("all others wait for one", Reversed(Star(kMost))));
  ASSERT_NO_FATAL_FAILURE(AskLarge("150,000 that wait for the head of a chain", Broom(kMost)));
}

}  // namespace
}  // namespace grader::checks::lab10
