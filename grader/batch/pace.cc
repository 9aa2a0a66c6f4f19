#include "grader/batch/pace.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <limits>
#include <string>

namespace grader::batch {
namespace {

// A grading has a compiler, or a program of several processes and those who watch it: one a processor comes to two or
// three. Beyond this, others are at work too, or the program wants far more than there is.
constexpr double kFairLoad = 4;
constexpr double kHardlyAnyWait = 20;  // percent
constexpr double kThrashing = 10;

// The average of ten seconds in "some avg10=1.23 avg60=…".
std::optional<double> PressureIn(const std::filesystem::path& file, const std::string& kind) {
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    double percent = 0;
    if (line.starts_with(kind) && std::sscanf(line.c_str() + kind.size(), " avg10=%lf", &percent) == 1) return percent;
  }
  return std::nullopt;
}

}  // namespace

Strain ReadStrain(const std::filesystem::path& proc, long processors) {
  double tasks = 0;
  std::ifstream(proc / "loadavg") >> tasks;
  return {.load = tasks / static_cast<double>(std::max(1L, processors)),
          .waits = PressureIn(proc / "pressure/cpu", "some"),
          .thrashes = PressureIn(proc / "pressure/memory", "full")};
}

double LoadOf(const Strain& strain) {
  if (strain.thrashes && *strain.thrashes >= kThrashing) return std::numeric_limits<double>::infinity();
  if (strain.waits && *strain.waits < kHardlyAnyWait) return std::min(strain.load, kFairLoad);
  return strain.load;
}

double LoadOfThisMachine() { return LoadOf(ReadStrain("/proc", sysconf(_SC_NPROCESSORS_ONLN))); }

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
