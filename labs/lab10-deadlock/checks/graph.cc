#include "graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

namespace grader::checks::lab10 {
namespace {

std::string Names(const std::vector<int>& cycle) {
  std::string names;
  for (std::size_t i = 0; i < std::min<std::size_t>(cycle.size(), 12); ++i) names += fmt::format("{} ", cycle[i]);
  if (cycle.size() > 12) names += fmt::format("… ({} in all)", cycle.size());
  return names;
}

std::optional<Problem> JudgeCycle(Edges edges, const std::vector<int>& cycle) {
  if (cycle.empty()) return std::nullopt;
  std::ranges::sort(edges);
  const auto returned = "it returned: " + Names(cycle);
  if (std::set<int>(cycle.begin(), cycle.end()).size() < cycle.size()) {
    return Problem{"somebody is in the cycle twice", {returned}, {}};
  }
  for (std::size_t i = 0; i < cycle.size(); ++i) {
    const Edge edge{cycle[i], cycle[(i + 1) % cycle.size()]};
    if (std::ranges::binary_search(edges, edge)) continue;
    return Problem{fmt::format("{} does not wait for {}, which comes {}", edge.waiter, edge.holder,
                               i + 1 == cycle.size() ? "first, as the last must" : "next"),
                   {returned},
                   {}};
  }
  return std::nullopt;
}

}  // namespace

bool HasCycle(const Edges& edges) {
  // Takes away, again and again, who waits for nobody that is left. Who then is left is in a cycle, or waits for one.
  std::map<int, int> waits;
  std::map<int, std::vector<int>> waiters;
  for (const auto& edge : edges) {
    ++waits[edge.waiter];
    waits.try_emplace(edge.holder, 0);
    waiters[edge.holder].push_back(edge.waiter);
  }
  std::vector<int> free;
  for (const auto& [who, count] : waits) {
    if (count == 0) free.push_back(who);
  }
  std::size_t gone = 0;
  for (; !free.empty(); ++gone) {
    const int who = free.back();
    free.pop_back();
    for (const int waiter : waiters[who]) {
      if (--waits[waiter] == 0) free.push_back(waiter);
    }
  }
  return gone < waits.size();
}

Edges Chain(int edges) {
  Edges chain;
  for (int i = 1; i <= edges; ++i) chain.push_back({i, i + 1});
  return chain;
}

Edges Circle(int edges) {
  Edges circle = Chain(edges);
  circle.back().holder = 1;
  return circle;
}

Edges Ladder(int edges) {
  Edges ladder;
  for (int i = 0; static_cast<int>(ladder.size()) + 4 <= edges; i += 2) {
    for (const int waiter : {i, i + 1}) {
      for (const int holder : {i + 2, i + 3}) ladder.push_back({waiter, holder});
    }
  }
  return ladder;
}

Edges Star(int edges) {
  Edges star;
  for (int i = 1; i <= edges; ++i) star.push_back({0, i});
  return star;
}

Edges Broom(int edges) {
  Edges broom = Chain(edges / 2);
  for (int i = 1; i <= edges / 2; ++i) broom.push_back({-i, 1});
  return broom;
}

Edges Reversed(Edges edges) {
  std::ranges::reverse(edges);
  for (auto& edge : edges) std::swap(edge.waiter, edge.holder);
  return edges;
}

std::string Input(const Edges& edges) {
  std::string input;
  for (const auto& edge : edges) input += std::to_string(edge.waiter) + ' ' + std::to_string(edge.holder) + '\n';
  return input;
}

std::string Shown(const Edges& edges) {
  std::string shown;
  for (const auto& edge : edges)
    shown += fmt::format("{}{{{}, {}}}", shown.empty() ? "{" : ", ", edge.waiter, edge.holder);
  return edges.empty() ? "{}" : shown + "}";
}

RunMatcher FindsACycleOf(Edges edges, bool has_cycle) {
  return Judge(has_cycle ? "a cycle of the graph, nobody twice" : "nothing, for there is no cycle",
               [edges = std::move(edges), has_cycle](const Observation& run) -> std::optional<Problem> {
                 const auto lines = Lines(run);
                 if (lines.size() != 1 || !lines[0].starts_with("cycle"))
                   return Problem{"the driver did not come to its end", {}, {}};
                 std::istringstream words(lines[0].substr(5));
                 const std::vector<int> cycle(std::istream_iterator<int>(words), {});
                 if (cycle.empty() && has_cycle) return Problem{"it found none", {}, {}};
                 if (!cycle.empty() && !has_cycle) return Problem{"it returned: " + Names(cycle), {}, {}};
                 return JudgeCycle(edges, cycle);
               });
}

}  // namespace grader::checks::lab10
