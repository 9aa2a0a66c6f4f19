// What a tree of processes is to look like.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace lab {

// What a process has below itself.
struct Plan {
  std::vector<Plan> children;
};

inline Plan Fan(int count) { return Plan{std::vector<Plan>(static_cast<std::size_t>(count))}; }

inline Plan Chain(int count) {
  Plan plan;
  for (; count > 0; --count) {
    Plan above;
    above.children.push_back(std::move(plan));
    plan = std::move(above);
  }
  return plan;
}

inline Plan Tree(int depth) {
  if (depth <= 1) return {};
  return Plan{{Tree(depth - 1), Tree(depth - 1)}};
}

inline int CountDescendants(const Plan& plan) {
  int count = 0;
  for (const Plan& child : plan.children) count += 1 + CountDescendants(child);
  return count;
}

}  // namespace lab
