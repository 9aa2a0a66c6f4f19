#include "facts.h"

#include <fmt/format.h>

#include <charconv>
#include <csignal>

namespace grader::checks::lab04 {
namespace {

constexpr int kThrew = 99;  // the driver's status when an exception left the scenario

std::string InWords(const ProcessRecord& process) {
  if (!process.status) return "did not end";
  if (process.status->signaled) return fmt::format("was killed by signal {}", process.status->code);
  return fmt::format("ended with {}", process.status->code);
}

std::optional<Problem> UnlessTold(const std::vector<std::string>& values, const Fact& fact) {
  if (values.empty()) return Problem{fmt::format("nothing was said about {}", fact.what), {}, {}};
  if (values.front() != fact.value) {
    return Problem{fmt::format("{}: {}, expected {}", fact.what, values.front(), fact.value), {}, {}};
  }
  if (values.size() == 1) return std::nullopt;
  return Problem{fmt::format("{}: {} times, expected once", fact.what, values.size()), {}, {}};
}

// A judgement about the process told as what.
RunMatcher JudgeTold(std::string expected, const std::string& what,
                     const std::function<std::string(const ProcessRecord&)>& fault) {
  return JudgeAnyEnd(std::move(expected), [what, fault](const Observation& run) -> std::optional<Problem> {
    RequireLevel(run, TraceLevel::kLifecycle);
    const auto* const process = ProcessTold(run, what);
    if (process == nullptr) return Problem{fmt::format("the run did not get as far as its {}", what), {}, {}};
    const auto found = fault(*process);
    if (found.empty()) return std::nullopt;
    return Problem{fmt::format("the {} {}", what, found),
                   {fmt::format("{} {}", Name(*process), InWords(*process))},
                   PlaceOf(process->created_at)};
  });
}

std::string UnlessReaped(const ProcessRecord& process) {
  if (process.reaped_by == observe::ReapedBy::kParent) return {};
  return process.orphaned ? "was still running when its parent ended" : "was never waited for by its parent";
}

}  // namespace

std::vector<std::string> ValuesOf(const Observation& run, const std::string& what) {
  const std::string start = what + " = ";
  std::vector<std::string> values;
  for (const auto& line : Lines(run)) {
    if (line.starts_with(start)) values.push_back(line.substr(start.size()));
  }
  return values;
}

const ProcessRecord* ProcessTold(const Observation& run, const std::string& what) {
  const auto values = ValuesOf(run, what);
  if (values.empty()) return nullptr;
  pid_t pid = 0;
  std::from_chars(values.front().data(), values.front().data() + values.front().size(), pid);
  for (const auto& process : run.processes) {
    if (process.pid == pid) return &process;
  }
  return nullptr;
}

RunMatcher GoesThrough() {
  return Judge("the program ends by itself, and no call throws but where the contract says so",
               [](const Observation& run) -> std::optional<Problem> {
                 const auto code = std::get<observe::Exited>(run.outcome).code;
                 if (code == 0) return std::nullopt;
                 if (code != kThrew) return Problem{"it " + observe::Describe(run.outcome), {}, {}};
                 return Problem{"a call threw an exception", Bounded(SplitLines(run.err.text())), {}};
               });
}

RunMatcher Tells(const std::vector<Fact>& facts) {
  std::string expected;
  for (const auto& [what, value] : facts) {
    expected += fmt::format("{}{}: {}", expected.empty() ? "" : "; ", what, value);
  }
  return JudgeAnyEnd(expected, [facts](const Observation& run) -> std::optional<Problem> {
    for (const auto& fact : facts) {
      if (auto problem = UnlessTold(ValuesOf(run, fact.what), fact)) return problem;
    }
    return std::nullopt;
  });
}

RunMatcher Reaps(const std::string& what) {
  return JudgeTold(fmt::format("the {} is reaped by its parent", what), what, UnlessReaped);
}

RunMatcher Joins(const std::string& what, int code) {
  const auto expected = fmt::format("the {} ends by itself, with {}, and its parent reaps it", what, code);
  return JudgeTold(expected, what, [code](const ProcessRecord& process) -> std::string {
    const observe::ExitStatus wanted{.signaled = false, .code = code};
    if (process.killed_by_grader || process.status != wanted) return "did not end so";
    return UnlessReaped(process);
  });
}

RunMatcher KillsAndReaps(const std::string& what) {
  const auto expected = fmt::format("the {} is killed by SIGKILL, and reaped by its parent", what);
  return JudgeTold(expected, what, [](const ProcessRecord& process) -> std::string {
    const observe::ExitStatus wanted{.signaled = true, .code = SIGKILL};
    if (process.killed_by_grader) return "was left running";
    if (process.status != wanted) return "did not end so";
    return UnlessReaped(process);
  });
}

Observation ProcessCheck::RunScenario(std::vector<std::string> args, std::string text, TraceLevel level) {
  return Run({.args = std::move(args), .level = level, .scenario = std::move(text)});
}

Observation ProcessCheck::RunTelling(std::vector<std::string> args, std::string text, const std::vector<Fact>& facts) {
  auto run = RunScenario(std::move(args), std::move(text));
  EXPECT_THAT(run, GoesThrough());
  if (!HasFailure()) {
    EXPECT_THAT(run, Tells(facts));
  }
  return run;
}

}  // namespace grader::checks::lab04
