#include "grader/observe/wait_graph.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <utility>

namespace grader::observe {
namespace {

std::map<pid_t, std::size_t> IndexByTask(const std::vector<WaitingTask>& tasks) {
  std::map<pid_t, std::size_t> index;
  for (std::size_t i = 0; i < tasks.size(); ++i) index[tasks[i].task.host_tid] = i;
  return index;
}

using Edges = std::vector<std::vector<std::size_t>>;

Edges EdgesToWakers(const std::vector<WaitingTask>& tasks) {
  const auto index = IndexByTask(tasks);
  Edges edges(std::min(tasks.size(), kMostGraphTasks));
  for (std::size_t i = 0; i < edges.size(); ++i) {
    for (const Waker& waker : tasks[i].wait.wakers) {
      const auto found = index.find(waker.host_tid);
      if (found != index.end() && found->second < edges.size()) edges[i].push_back(found->second);
    }
  }
  return edges;
}

// The shortest way from start back to itself, by breadth-first search.
std::vector<std::size_t> CycleThrough(std::size_t start, const Edges& edges) {
  std::map<std::size_t, std::size_t> came_from;
  std::deque<std::size_t> frontier = {start};
  while (!frontier.empty()) {
    const std::size_t here = frontier.front();
    frontier.pop_front();
    for (const std::size_t next : edges[here]) {
      if (next == start) {
        std::vector<std::size_t> cycle = {here};
        while (cycle.back() != start) cycle.push_back(came_from.at(cycle.back()));
        std::reverse(cycle.begin(), cycle.end());
        return cycle;
      }
      if (came_from.try_emplace(next, here).second) frontier.push_back(next);
    }
  }
  return {};
}

std::set<std::size_t> ReachableFrom(std::size_t start, const Edges& edges) {
  std::set<std::size_t> reached;
  std::vector<std::size_t> frontier = {start};
  while (!frontier.empty()) {
    const std::size_t here = frontier.back();
    frontier.pop_back();
    for (const std::size_t next : edges[here]) {
      if (reached.insert(next).second) frontier.push_back(next);
    }
  }
  return reached;
}

}  // namespace

std::vector<std::size_t> StuckTasks(const std::vector<WaitingTask>& tasks, Outside outside) {
  const auto index = IndexByTask(tasks);
  std::vector<bool> live(tasks.size());
  bool anybody = outside == Outside::kMayAct;
  const auto is_live = [&](const Wait& wait) {
    if (wait.end == Wait::End::kLive) return true;
    if (wait.end == Wait::End::kAnybody) return anybody;
    return std::any_of(wait.wakers.begin(), wait.wakers.end(), [&](const Waker& waker) {
      const auto owner = index.find(waker.host_tid);
      return owner == index.end() || live[owner->second];  // an owner that was not looked at may well run
    });
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      if (live[i] || !is_live(tasks[i].wait)) continue;
      live[i] = changed = anybody = true;
    }
  }
  std::vector<std::size_t> stuck;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    if (!live[i]) stuck.push_back(i);
  }
  return stuck;
}

Roots FindRoots(const std::vector<WaitingTask>& stuck) {
  const Edges edges = EdgesToWakers(stuck);
  std::vector<std::set<std::size_t>> reached;
  for (std::size_t i = 0; i < edges.size(); ++i) reached.push_back(ReachableFrom(i, edges));
  const auto is_root = [&](std::size_t i) {
    return std::all_of(reached[i].begin(), reached[i].end(), [&](std::size_t j) { return reached[j].contains(i); });
  };
  const auto rank = [&](const std::vector<std::size_t>& cycle) {
    const bool of_mutexes =
        std::all_of(cycle.begin(), cycle.end(), [&](std::size_t i) { return stuck[i].wait.kind == WaitKind::kMutex; });
    return std::pair(of_mutexes ? 0 : 1, cycle.size());
  };
  Roots roots;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (edges[i].empty()) roots.sinks.push_back(i);
    if (edges[i].empty() || !is_root(i)) continue;
    std::vector<std::size_t> cycle = CycleThrough(i, edges);
    if (!cycle.empty() && (roots.cycle.empty() || rank(cycle) < rank(roots.cycle))) roots.cycle = std::move(cycle);
  }
  return roots;
}

}  // namespace grader::observe
