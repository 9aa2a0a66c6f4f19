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

// What differs first, for a student: "the program has 3 children instead of 5". Empty if found is wanted.
std::vector<std::string> DescribeShape(const TreeShape& found, const TreeShape& wanted);

// Equal exactly for equal shapes, and fit to read while small: "(()())" is a parent of two.
std::string CanonicalForm(const TreeShape& shape);

}  // namespace grader::checks
