// Wait-for graphs, and what find_deadlock() must say of them.
#pragma once

#include <string>
#include <vector>

#include "facts.h"

namespace grader::checks::lab10 {

struct Edge {
  int waiter = 0;
  int holder = 0;
  auto operator<=>(const Edge&) const = default;
};
using Edges = std::vector<Edge>;

Edges Chain(int edges);       // 1 waits for 2, 2 for 3, ...
Edges Circle(int edges);      // and the last for the first
Edges Ladder(int edges);      // two at each step, each of whom waits for both of the next step
Edges Star(int edges);        // 0 waits for all others
Edges Broom(int edges);       // half of them wait for the head of a chain of the other half
Edges Reversed(Edges edges);  // in the opposite order, and each the other way round

// For the driver's stdin, and for a student.
std::string Input(const Edges& edges);
std::string Shown(const Edges& edges);

// Whether somebody waits for himself, if only through others. Takes a second for 300,000 edges.
bool HasCycle(const Edges& edges);

// What the driver told is a cycle of these edges, nobody twice; or none, if there is none.
RunMatcher FindsACycleOf(Edges edges, bool has_cycle);

}  // namespace grader::checks::lab10
