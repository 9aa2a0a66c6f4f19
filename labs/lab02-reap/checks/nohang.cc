#include "nohang.h"

namespace grader::checks::lab02 {

using observe::Moment;

namespace {

// A program that misses a child ticks for ever, and was stopped.
RunMatcher EndsWithItsLastChild() {
  return JudgeWhileRunning("it ends when the last child has been reaped",
                           [](const Observation& run) -> std::optional<Problem> {
                             if (!std::holds_alternative<observe::Stopped>(run.outcome)) return std::nullopt;
                             Problem problem{"all children had ended, and it went on ticking", {}, {}};
                             for (const auto* child : ChildrenOfProgram(run)) {
                               if (!child->reaped) problem.facts.push_back(Name(*child) + " was never waited for");
                             }
                             problem.facts = Bounded(std::move(problem.facts));
                             return problem;
                           });
}

}  // namespace

std::vector<Moment> Ticks(const Observation& run) {
  std::vector<Moment> ticks;
  for (const auto& line : run.lines) {
    if (line.line == "tick") ticks.push_back(line.at);
  }
  return ticks;
}

RunMatcher PrintsTicks() {
  return JudgeWhileRunning("it prints `tick` at least once", [](const Observation& run) -> std::optional<Problem> {
    if (!Ticks(run).empty()) return std::nullopt;
    return Problem{"it printed no tick", {}, {}};
  });
}

Observation NohangCheck::RunWithTicks(int children, TraceLevel level) {
  constexpr int kAttempts = 3;
  auto run = RunNohang(children, level);
  for (int attempt = 1; attempt < kAttempts && Ticks(run).empty(); ++attempt) run = RunNohang(children, level);
  return run;
}

NohangCheck::Timed NohangCheck::RunTimed(int children) {
  using std::chrono::steady_clock;
  const auto program = Start({.args = {"nohang", std::to_string(children)}, .level = TraceLevel::kNone});
  program->CloseInput();
  auto silent_until = steady_clock::now();
  program->WaitUntil([&](const observe::Progress& now) {
    if (now.out.empty()) silent_until = steady_clock::now();
    return !now.out.empty();
  });
  auto run = program->Finish();
  return {std::move(run), std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - silent_until)};
}

void NohangCheck::ExpectWhole(const Observation& run, int children) {
  ASSERT_THAT(run, EndsWithItsLastChild());
  ASSERT_THAT(run, ExitsCleanly());
  if (run.level == TraceLevel::kNone) return;
  ASSERT_THAT(run, StartsChildren(children));
}

}  // namespace grader::checks::lab02
