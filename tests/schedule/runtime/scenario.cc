#include "tests/schedule/runtime/scenario.h"

#include <algorithm>

namespace grader::schedule {

std::unique_ptr<ScheduledProgram> Start(const std::string& program, const std::string& scenario) {
  return std::make_unique<ScheduledProgram>(GRADE_SCHEDULED_PROGRAMS "/" + program, std::vector<std::string>{scenario});
}

Order MixedOrder(std::uint64_t index) {
  constexpr Strategy kStrategies[] = {Strategy::kSurw,       Strategy::kPos,      Strategy::kPct,
                                      Strategy::kRandomWalk, Strategy::kDirected, Strategy::kDelayBounded};
  Order order;
  order.index = index;
  order.seed = index;
  order.strategy = index == 0 ? Strategy::kFair : kStrategies[index % 6];
  if (index % 2 == 1) order.options |= kHoldNewThreads;
  if (index % 3 == 2) order.options |= kSpuriousWakeUps;
  if (index % 5 == 4) order.options |= kEarlySleepers;
  return order;
}

std::optional<RunResult> FindRun(ScheduledProgram& program, int most,
                                 const std::function<bool(const RunResult&)>& fits) {
  for (int i = 0; i < most; ++i) {
    RunResult run = program.Run(MixedOrder(static_cast<std::uint64_t>(i)));
    if (fits(run)) return run;
  }
  return std::nullopt;
}

bool Has(const RunResult& run, FindingKind kind) {
  return std::any_of(run.findings.begin(), run.findings.end(),
                     [kind](const Finding& finding) { return finding.kind == kind; });
}

bool IsClean(const RunResult& run) {
  return run.findings.empty() && run.head.ending == Ending::kExited && run.head.status == 0;
}

}  // namespace grader::schedule
