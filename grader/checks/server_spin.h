// A server that computes on and on while a check waits for it: that wait is vain before its patience is over.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>

#include "grader/checks/judge.h"
#include "grader/checks/server.h"

namespace grader::checks {

// What a server computes while no byte goes to a client or comes from one. The server outlives it.
class WorkMeter {
 public:
  explicit WorkMeter(Server& server) : server_(server), start_(Read()) {}

  // Processor time used since the last byte was seen to move, or since the construction.
  std::chrono::microseconds InVain();

 private:
  struct Reading {
    std::chrono::microseconds cpu_time{0};
    std::size_t moved = 0;  // what clients have heard, less what they could not send yet
  };
  Reading Read();

  Server& server_;
  Reading start_;
};

// Waits with that much patience, but no longer than it takes to see that the server spins; it is kPatience then, too.
Waited WaitUnlessItSpins(Server& server, std::chrono::milliseconds patience,
                         const std::function<Waited(std::chrono::milliseconds)>& attempt);

// How a server that has not done what was expected is told to spin; none if it does not.
std::optional<Problem> ProblemOfSpinning(Server& server);

}  // namespace grader::checks
