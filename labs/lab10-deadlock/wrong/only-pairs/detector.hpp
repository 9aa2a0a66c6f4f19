// Looks for two that wait for each other.
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "deadlock.hpp"

class Detector {
 public:
  explicit Detector(const std::vector<WaitFor>& edges) {
    for (const WaitFor& edge : edges) edges_.emplace(edge.waiter, edge.holder);
  }

  std::vector<int> Cycle() const {
    for (const auto& [waiter, holder] : edges_) {
      if (waiter != holder && edges_.contains({holder, waiter})) return {waiter, holder};
    }
    return {};
  }

 private:
  std::set<std::pair<int, int>> edges_;
};
