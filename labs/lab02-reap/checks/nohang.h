// reap nohang N: how it is run, and what several of its checks ask of a run.
#pragma once

#include <vector>

#include "family.h"

namespace grader::checks::lab02 {

// The moments at which the ticks were read. A busy machine may be late in reading, never early.
std::vector<observe::Moment> Ticks(const Observation& run);

// At least one.
RunMatcher PrintsTicks();

class NohangCheck : public ReapCheck {
 protected:
  // `nohang` without a tracer, and the machine's time from shortly before its first tick to its end.
  struct Timed {
    Observation run;
    std::chrono::microseconds time;
  };
  Timed RunTimed(int children);

  // `nohang`, but again if there was no tick: on a busy machine all children may be dead before the first is due.
  Observation RunWithTicks(int children, TraceLevel level = TraceLevel::kLifecycle);

  // That the run is all that other judgements rest on: it ended by itself, and had so many children.
  void ExpectWhole(const Observation& run, int children);
};

}  // namespace grader::checks::lab02
