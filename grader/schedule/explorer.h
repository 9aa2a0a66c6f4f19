// Searches the schedules of one program for one that is wrong.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>

#include "grader/schedule/portfolio.h"
#include "grader/schedule/server.h"

namespace grader::schedule {

// The program calls something that the runtime has no model of. what() names it.
class UnsupportedCall : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// How far to go. The schedules that are tried depend on this and the program alone.
struct Plan {
  std::uint64_t seed = 0;
  int schedules = 1000;  // most of the portfolio
  std::uint32_t disturbances = kAllDisturbances;
};

enum class Judged { kGoOn, kStop };

// Asked about each run in which the runtime found nothing. number: from 1.
using Judge = std::function<Judged(const Answer& answer, int number)>;

// The schedule at which a search stopped.
struct Stop {
  int number = 0;
  Recipe recipe;
  Answer answer;
};

struct Exploration {
  std::optional<Stop> stop;  // the first schedule with a finding, or that the judge stopped at, with its steps
  int schedules = 0;         // that were run, of the portfolio and of all interleavings together
  int interleavings = 0;     // of the program without disturbances, if all of them were run; else 0
  std::string ended_early;   // how the program ended before main(); nothing was searched then
};

// What was found in a run by the runtime, or by its end alone.
bool HasFinding(const Answer& answer);

class Explorer {
 public:
  Explorer(sandbox::Spawner& spawner, Subject subject) : spawner_(spawner), subject_(std::move(subject)) {}

  // Throws UnsupportedCall, std::runtime_error if the scheduler fails.
  Exploration Search(const Plan& plan, const Judge& judge);

  // One run, with its steps. Throws as Search().
  Answer Replay(const Recipe& recipe);

 private:
  Server& Started();
  Answer Confirm(const Stop& stop);

  sandbox::Spawner& spawner_;
  Subject subject_;
  std::optional<Server> server_;
};

// "no failure in 1,000 schedules: a bug that shows in more than 1 of 217 would have been found with 99 %", or
// "verified: all 812 interleavings in which nobody wakes for no reason or too early; no failure in 96 schedules
// besides".
std::string BoundOf(const Exploration& exploration);

}  // namespace grader::schedule
