#include "own_lines.h"

#include <fmt/format.h>
#include <sys/syscall.h>

#include <algorithm>

namespace grader::checks::lab01 {
namespace {

bool Wrote(const Observation& run, const ProcessRecord& process) {
  return std::ranges::any_of(run.steps, [&](const observe::ScheduleStep& step) {
    const bool writes = step.call == SYS_write || step.call == SYS_writev;
    return writes && step.process == process.index && step.result.value_or(0) > 0;
  });
}

}  // namespace

RunMatcher HasTwoThatPrint() {
  return Judge("parent and child print their lines themselves", [](const Observation& run) -> std::optional<Problem> {
    for (const auto& process : run.processes) {
      if (Wrote(run, process)) continue;
      return Problem{fmt::format("{} printed nothing", Name(process)),
                     {},
                     PlaceOf(process.created_at),
                     "What is to be seen is that there are two processes: each tells of itself what it finds."};
    }
    return std::nullopt;
  });
}

}  // namespace grader::checks::lab01
