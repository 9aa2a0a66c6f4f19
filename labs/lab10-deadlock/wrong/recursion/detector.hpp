// Looks for a cycle in a wait-for graph, depth first.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "deadlock.hpp"

class Detector {
 public:
  explicit Detector(const std::vector<WaitFor>& edges) {
    for (const WaitFor& edge : edges) holders_[edge.waiter].push_back(edge.holder);
  }

  std::vector<int> Cycle() {
    for (const auto& [waiter, holders] : holders_) {
      if (Follow(waiter)) return cycle_;
    }
    return {};
  }

 private:
  bool Follow(int who) {
    if (on_path_.contains(who)) {
      const auto met = std::ranges::find(path_, who);
      cycle_.assign(met, path_.end());
      return true;
    }
    if (!seen_.insert(who).second) return false;
    path_.push_back(who);
    on_path_.insert(who);
    const auto holders = holders_.find(who);
    if (holders != holders_.end()) {
      for (const int holder : holders->second) {
        if (Follow(holder)) return true;
      }
    }
    path_.pop_back();
    on_path_.erase(who);
    return false;
  }

  std::map<int, std::vector<int>> holders_;
  std::set<int> seen_;
  std::set<int> on_path_;
  std::vector<int> path_;
  std::vector<int> cycle_;
};
