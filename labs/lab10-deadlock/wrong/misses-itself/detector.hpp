// Looks for a cycle in a wait-for graph: depth first, with a path of its own instead of recursion.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "deadlock.hpp"

class Detector {
 public:
  explicit Detector(std::vector<WaitFor> edges) : edges_(std::move(edges)), states_(edges_.size(), kNew) {
    std::ranges::sort(edges_, {}, &WaitFor::waiter);
  }

  std::vector<int> Cycle() {
    for (std::size_t i = 0; i < edges_.size(); i = End(i)) {
      if (states_[i] == kNew && ClosesCycleFrom(i)) return Told();
    }
    return {};
  }

 private:
  enum State : char { kNew, kOnPath, kDone };

  // A waiter is known by its first edge; next is the edge to follow from it.
  struct Step {
    std::size_t waiter;
    std::size_t next;
  };

  std::size_t First(int waiter) const {
    const auto place = std::ranges::lower_bound(edges_, waiter, {}, &WaitFor::waiter);
    return static_cast<std::size_t>(place - edges_.begin());
  }
  bool Waits(std::size_t first, int who) const { return first < edges_.size() && edges_[first].waiter == who; }
  std::size_t End(std::size_t edge) const {
    const int waiter = edges_[edge].waiter;
    while (edge < edges_.size() && edges_[edge].waiter == waiter) ++edge;
    return edge;
  }

  bool ClosesCycleFrom(std::size_t start) {
    Enter(start);
    while (!path_.empty()) {
      Step& step = path_.back();
      if (!Waits(step.next, edges_[step.waiter].waiter)) {
        states_[step.waiter] = kDone;
        path_.pop_back();
        continue;
      }
      const int holder = edges_[step.next++].holder;
      const std::size_t first = First(holder);
      if (first == step.waiter) continue;
      if (!Waits(first, holder) || states_[first] == kDone) continue;
      if (states_[first] == kOnPath) {
        closed_by_ = first;
        return true;
      }
      Enter(first);
    }
    return false;
  }

  void Enter(std::size_t waiter) {
    states_[waiter] = kOnPath;
    path_.push_back({waiter, waiter});
  }

  std::vector<int> Told() const {
    std::vector<int> cycle;
    auto step = std::ranges::find(path_, closed_by_, &Step::waiter);
    for (; step != path_.end(); ++step) cycle.push_back(edges_[step->waiter].waiter);
    return cycle;
  }

  std::vector<WaitFor> edges_;
  std::vector<State> states_;  // of each waiter, at its first edge
  std::vector<Step> path_;
  std::size_t closed_by_ = 0;
};
