// Time as a program under observation could use it. A machine that is busy with other work must not make a program look
// slow, so time in which the run was ready to go on but got no processor, or in which the grader itself was late, is
// left out.
#pragma once

#include <chrono>

#include "grader/observe/moment.h"

namespace grader::observe {

using SteadyTime = std::chrono::steady_clock::time_point;

// What all tasks of a run together got of the machine between two ticks.
struct Supply {
  std::chrono::nanoseconds received{0};  // processor time
  std::chrono::nanoseconds waited{0};    // ready and not running; tasks that wake each other wait one after another

  void Add(std::chrono::nanoseconds task_received, std::chrono::nanoseconds task_waited);
};

// The part of elapsed in which somebody was ready and nobody ran.
std::chrono::nanoseconds Starved(std::chrono::nanoseconds elapsed, const Supply& supply);

// Starts at 0 when made. The caller says what time it is, so tests need not wait. Not thread-safe.
class FairClock {
 public:
  explicit FairClock(SteadyTime now) : last_(now) {}

  // To be called again and again; planned is how long the caller meant to wait since the last call. Fair time goes on
  // by at most twice that, less what the run starved.
  void Tick(SteadyTime now, std::chrono::nanoseconds planned, const Supply& supply);

  // Fair time at the last tick and what has passed since, as far as is known. Never goes back.
  std::chrono::microseconds Read(SteadyTime now);

 private:
  SteadyTime last_;
  std::chrono::nanoseconds fair_{0};
  std::chrono::nanoseconds planned_{std::chrono::milliseconds(5)};
  std::chrono::microseconds shown_{0};
};

}  // namespace grader::observe
