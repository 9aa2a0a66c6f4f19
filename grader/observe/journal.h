// The order of events of one run.
#pragma once

#include <chrono>
#include <cstdint>

#include "grader/observe/fair_clock.h"
#include "grader/observe/moment.h"

namespace grader::observe {

// Numbers events as they are observed and stamps them with the time. Not thread-safe.
class Journal {
 public:
  explicit Journal(SteadyTime now) : start_(now), clock_(now) {}

  Moment Now() {
    const auto now = std::chrono::steady_clock::now();
    return {++order_, clock_.Read(now), std::chrono::duration_cast<std::chrono::microseconds>(now - start_)};
  }
  FairClock& clock() { return clock_; }

 private:
  std::uint64_t order_ = 0;
  SteadyTime start_;
  FairClock clock_;
};

}  // namespace grader::observe
