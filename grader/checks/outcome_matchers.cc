#include <fmt/format.h>

#include <csignal>
#include <cstring>

#include "grader/checks/matchers.h"
#include "grader/checks/printing.h"

namespace grader::checks {
namespace {

using observe::Observation;

// A program that ends badly and says one line tells best itself what is wrong.
std::string WithItsMessage(const Observation& run) {
  constexpr std::size_t kLongest = 120;
  const auto lines = SplitLines(run.err.text());
  if (lines.size() != 1 || lines[0].empty() || lines[0].size() > kLongest) return {};
  return fmt::format(", saying \"{}\"", lines[0]);
}

std::optional<Problem> NotStatus(const Observation& run, int status) {
  const auto& exited = std::get<observe::Exited>(run.outcome);
  if (exited.code == status) return std::nullopt;
  return Problem{"it " + observe::Describe(run.outcome) + WithItsMessage(run), {}, {}};
}

std::string SignalName(int signal) {
  const char* name = sigabbrev_np(signal);
  return name == nullptr ? fmt::format("signal {}", signal) : fmt::format("SIG{}", name);
}

}  // namespace

RunMatcher ExitsCleanly() {
  return Judge("the program ends by itself, with status 0", [](const Observation& run) { return NotStatus(run, 0); });
}

RunMatcher ExitsWith(int status) {
  return Judge(fmt::format("the program ends by itself, with status {}", status),
               [status](const Observation& run) { return NotStatus(run, status); });
}

RunMatcher IsKilledBy(int signal) {
  return JudgeAnyEnd("the program is killed by " + SignalName(signal),
                     [signal](const Observation& run) -> std::optional<Problem> {
                       const auto* signaled = std::get_if<observe::Signaled>(&run.outcome);
                       if (signaled != nullptr && signaled->signal == signal) return std::nullopt;
                       if (auto problem = ProblemOfOutcome(run)) return problem;
                       return Problem{"it " + observe::Describe(run.outcome), {}, {}};
                     });
}

}  // namespace grader::checks
