#include <fmt/format.h>

#include "grader/checks/matchers.h"
#include "grader/checks/printing.h"

namespace grader::checks {
namespace {

using observe::Observation;
using observe::ProcessRecord;

std::chrono::microseconds Lifetime(const Observation& run, const ProcessRecord& process) {
  return (process.ended ? process.ended->fair_time : run.ended.fair_time) - process.started.fair_time;
}

std::optional<Problem> BusyWaiting(const Observation& run, std::chrono::microseconds allowance) {
  RequireLevel(run, observe::TraceLevel::kLifecycle);
  constexpr int kShare = 4;  // at most a quarter of its life
  for (const auto& process : run.processes) {
    const auto used = process.activity.cpu_time;
    const auto lived = Lifetime(run, process);
    if (used <= allowance || used * kShare <= lived) continue;
    return Problem{"a process kept the CPU busy while it had only to wait",
                   {fmt::format("{} used {} of CPU time in {}", Name(process), InWords(used), InWords(lived))},
                   PlaceOf(process.created_at)};
  }
  return std::nullopt;
}

// A process that mostly sleeps until a time-out, and does so again and again, looks instead of being told.
bool PollsBySleeping(const ProcessRecord& process) {
  constexpr std::uint64_t kEnoughSamples = 10;
  constexpr std::uint64_t kEnoughWakeUps = 10;
  const auto& activity = process.activity;
  const auto asleep = activity.samples_asleep + activity.samples_timed_sleep;
  return activity.samples_timed_sleep >= kEnoughSamples && activity.samples_timed_sleep * 2 > asleep &&
         activity.voluntary_switches >= kEnoughWakeUps;
}

std::optional<Problem> SleepPolling(const Observation& run) {
  for (const auto& process : run.processes) {
    if (!PollsBySleeping(process)) continue;
    return Problem{
        "a process waited by sleeping and looking again and again",
        {fmt::format("{} went to sleep {} in {}, mostly for a fixed time", Name(process),
                     Count(process.activity.voluntary_switches, "time", "times"), InWords(Lifetime(run, process)))},
        PlaceOf(process.created_at)};
  }
  return std::nullopt;
}

}  // namespace

RunMatcher BurnsNoCpuWhileWaiting(std::chrono::milliseconds allowance) {
  return JudgeWhileRunning("what waits is asleep and uses no CPU",
                           [allowance](const Observation& run) { return BusyWaiting(run, allowance); });
}

RunMatcher SleepsWhileWaiting(std::chrono::milliseconds allowance) {
  return JudgeWhileRunning("what waits sleeps until the event comes", [allowance](const Observation& run) {
    const auto problem = BusyWaiting(run, allowance);
    return problem ? problem : SleepPolling(run);
  });
}

}  // namespace grader::checks
