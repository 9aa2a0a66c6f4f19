#include "grader/observe/fair_clock.h"

#include <algorithm>

namespace grader::observe {

using std::chrono::nanoseconds;

void Supply::Add(nanoseconds task_received, nanoseconds task_waited) {
  received += task_received;
  waited += task_waited;
}

nanoseconds Starved(nanoseconds elapsed, const Supply& supply) {
  const nanoseconds idle = std::max(nanoseconds{0}, elapsed - supply.received);
  return std::min(idle, supply.waited);
}

void FairClock::Tick(SteadyTime now, nanoseconds planned, const Supply& supply) {
  const nanoseconds elapsed = now - last_;
  const nanoseconds supplied = elapsed - Starved(elapsed, supply);
  fair_ += std::clamp(supplied, nanoseconds{0}, 2 * planned);
  last_ = now;
  planned_ = planned;
}

std::chrono::microseconds FairClock::Read(SteadyTime now) {
  const nanoseconds since = std::clamp<nanoseconds>(now - last_, nanoseconds{0}, planned_);
  shown_ = std::max(shown_, std::chrono::duration_cast<std::chrono::microseconds>(fair_ + since));
  return shown_;
}

}  // namespace grader::observe
