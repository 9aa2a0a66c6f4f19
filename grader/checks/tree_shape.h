#pragma once

#include <compare>
#include <string>
#include <vector>

#include "grader/observe/observation.h"

namespace grader::checks {

// Who created whom, without names; the order of siblings means nothing.
struct TreeShape {
  std::vector<TreeShape> children;
};

TreeShape Fan(int children);       // one parent, so many children
TreeShape Chain(int descendants);  // each has one child
TreeShape BinaryTree(int depth);   // each has two children, down to depth

// The shape of a run's processes, whose root is the program itself.
TreeShape ShapeOf(const observe::Observation& run);

// Processes in it, the root included.
int CountProcesses(const TreeShape& shape);

// Equal exactly for equal shapes, and fit to read while small: "(()())" is a parent of two.
std::string CanonicalForm(const TreeShape& shape);

}  // namespace grader::checks
