// All interleavings of a small program, each once as far as they differ.
#pragma once

#include <optional>
#include <vector>

#include "grader/schedule/recipe.h"

namespace grader::schedule {

// A depth-first search with sleep sets (Godefroid, "Partial-Order Methods for the Verification of Concurrent Systems",
// 1996): orders of operations that do not touch each other are not tried twice. Ask Next(), run it with kRecordChoices,
// tell Learn() what was chosen, until Next() is empty.
class Exhaustion {
 public:
  // The next run; empty when all have been made.
  std::optional<Recipe> Next();

  // The choices of the run that Next() asked for. False if the search cannot go on: too many choices or threads.
  bool Learn(const std::vector<Choice>& choices);

 private:
  struct Node {
    Choice choice;
    std::uint64_t explored = 0;  // who has been chosen here so far
  };

  std::optional<ThreadNumber> Untried(const Node& node) const;

  bool begun_ = false;
  std::size_t kept_ = 0;  // nodes that the last prefix repeats
  std::vector<Node> nodes_;
};

// The path of a run that was made with kRecordChoices, as a recipe that stands for itself.
Recipe PathOf(const std::vector<Choice>& choices);

}  // namespace grader::schedule
