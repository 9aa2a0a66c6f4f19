#include "grader/batch/pace.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace grader::batch {
namespace {

// A grading has a compiler, or a program of several processes and those who watch it: one a processor comes to two or
// three. Beyond this, others are at work too, or the program wants far more than there is.
constexpr double kFairLoad = 4;

}  // namespace

double LoadOfThisMachine() {
  double tasks = 0;
  if (getloadavg(&tasks, 1) != 1) return 0;
  return tasks / static_cast<double>(std::max(1L, sysconf(_SC_NPROCESSORS_ONLN)));
}

int FairJobs(int jobs, double load) {
  if (load <= kFairLoad) return jobs;
  return std::clamp(static_cast<int>(jobs * kFairLoad / load), 1, jobs);
}

Pace::Turn Pace::Take() {
  std::unique_lock lock(mutex_);
  allowed_ = FairJobs(jobs_, load_());
  ended_.wait(lock, [this] { return running_ < allowed_; });
  ++running_;
  return Turn(*this);
}

void Pace::End() {
  {
    const std::lock_guard lock(mutex_);
    --running_;
    allowed_ = FairJobs(jobs_, load_());
  }
  ended_.notify_all();
}

int Pace::Allowed() const {
  const std::lock_guard lock(mutex_);
  return allowed_;
}

}  // namespace grader::batch
