// The order of events of one run.
#pragma once

#include <chrono>
#include <cstdint>

#include "grader/observe/fair_clock.h"
#include "grader/observe/moment.h"

namespace grader::observe {

// Numbers events as they are observed and stamps them with fair time. Not thread-safe.
class Journal {
 public:
  explicit Journal(SteadyTime now) : clock_(now) {}

  Moment Now() { return {++order_, clock_.Read(std::chrono::steady_clock::now())}; }
  FairClock& clock() { return clock_; }

 private:
  std::uint64_t order_ = 0;
  FairClock clock_;
};

}  // namespace grader::observe
