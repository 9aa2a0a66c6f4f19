#include "grader/checks/tree_shape.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace grader::checks {

TreeShape Fan(int children) { return {std::vector<TreeShape>(static_cast<std::size_t>(children))}; }

TreeShape Chain(int descendants) {
  TreeShape shape;
  for (int i = 0; i < descendants; ++i) {
    TreeShape parent;
    parent.children.push_back(std::move(shape));
    shape = std::move(parent);
  }
  return shape;
}

TreeShape BinaryTree(int depth) {
  if (depth == 0) return {};
  return {{BinaryTree(depth - 1), BinaryTree(depth - 1)}};
}

TreeShape ShapeOf(const observe::Observation& run) {
  std::vector<std::vector<std::size_t>> children(run.processes.size());
  for (std::size_t i = 1; i < run.processes.size(); ++i) {
    const auto parent = run.processes[i].parent;
    if (parent >= 0) children.at(static_cast<std::size_t>(parent)).push_back(i);
  }
  if (children.empty()) return {};
  const auto subtree = [&children](const auto& self, std::size_t root) -> TreeShape {
    TreeShape shape;
    for (const auto child : children[root]) shape.children.push_back(self(self, child));
    return shape;
  };
  return subtree(subtree, 0);
}

int CountProcesses(const TreeShape& shape) {
  return std::accumulate(shape.children.begin(), shape.children.end(), 1,
                         [](int sum, const TreeShape& child) { return sum + CountProcesses(child); });
}

std::vector<std::string> DescribeShape(const TreeShape& found, const TreeShape& wanted) {
  if (CanonicalForm(found) == CanonicalForm(wanted)) return {};
  const auto per_level = [](const TreeShape& shape) {
    std::vector<std::size_t> counts;
    const auto visit = [&counts](const auto& self, const TreeShape& at, std::size_t level) -> void {
      if (counts.size() <= level) counts.resize(level + 1);
      ++counts[level];
      for (const auto& child : at.children) self(self, child, level + 1);
    };
    visit(visit, shape, 0);
    return counts;
  };
  const auto found_levels = per_level(found);
  const auto wanted_levels = per_level(wanted);
  for (std::size_t level = 0; level < std::max(found_levels.size(), wanted_levels.size()); ++level) {
    const auto has = level < found_levels.size() ? found_levels[level] : 0;
    const auto needs = level < wanted_levels.size() ? wanted_levels[level] : 0;
    if (has != needs) return {fmt::format("{} forks below the program: {} processes instead of {}", level, has, needs)};
  }
  return {"each generation has the right size, but some processes have the wrong parent"};
}

std::string CanonicalForm(const TreeShape& shape) {
  std::vector<std::string> children;
  for (const auto& child : shape.children) children.push_back(CanonicalForm(child));
  std::sort(children.begin(), children.end());
  return std::accumulate(children.begin(), children.end(), std::string("(")) + ")";
}

}  // namespace grader::checks
