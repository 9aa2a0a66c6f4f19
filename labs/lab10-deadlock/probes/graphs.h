// Scenes with wait-for graphs. Edges come by stdin, "WAITER HOLDER" each; what find_deadlock returns is told as it is.
#pragma once

#include <cstdio>

#include "deadlock.hpp"
#include "words.h"

namespace driver {

inline std::vector<WaitFor> EdgesFromInput() {
  std::vector<WaitFor> edges;
  WaitFor edge{};
  while (std::scanf("%d %d", &edge.waiter, &edge.holder) == 2) edges.push_back(edge);
  return edges;
}

// graph: one line "cycle" with those in it.
inline void Graph(Words) {
  const auto cycle = find_deadlock(EdgesFromInput());
  std::string told = "cycle";
  for (const int who : cycle) told += " " + std::to_string(who);
  TellLine(told);
}

}  // namespace driver
