#include <fmt/format.h>

#include <algorithm>

#include "grader/checks/failure_text.h"
#include "grader/checks/run_timeline.h"
#include "grader/checks/vocabulary.h"

namespace grader::checks {
namespace {

// How `pstate` is to end, and what it is to print then.
struct Due {
  int status = 0;
  std::vector<std::string> lines;
};

std::string Told(const Due& due) {
  const auto printed = due.lines.empty() ? "nothing" : fmt::format("`{}`", fmt::join(due.lines, "` or `"));
  return fmt::format("it ends by itself, with status {}, and prints {}", due.status, printed);
}

// Of the program alone: the probe that ran it waits with it, and ends with its status.
std::string HowItEnded(const Observation& run) {
  const auto* exited = std::get_if<observe::Exited>(&run.outcome);
  const bool never = std::holds_alternative<observe::OutOfTime>(run.outcome) ||
                     std::holds_alternative<observe::Deadlocked>(run.outcome);
  if (never) return "it did not come to an end";
  return "it " + (exited != nullptr && exited->code > 128 ? fmt::format("was killed by signal {}", exited->code - 128)
                                                          : observe::Describe(run.outcome));
}

std::optional<Problem> ProblemOf(const Observation& run, const Due& due) {
  const auto* exited = std::get_if<observe::Exited>(&run.outcome);
  if (exited == nullptr || exited->code != due.status) return Problem{HowItEnded(run), {}, {}};
  const auto printed = Lines(run);
  if (printed.empty() && due.lines.empty()) return std::nullopt;
  if (printed.size() == 1 && std::ranges::find(due.lines, printed[0]) != due.lines.end()) return std::nullopt;
  return Problem{printed.empty() ? "it printed nothing" : "it printed something else", Bounded(printed), {}};
}

class PStateCheck : public LabCheck {
 protected:
  // What the program says of a process called name that is in the state. probes/in_state.cpp makes that process, and is
  // nothing a student should read of. Untraced: a tracer would be seen in the state of what it traces.
  void ExpectOn(const std::string& state, const std::string& name, const Due& due) {
    const auto& program = Program();
    RunOptions options{.args = {state, name}, .probe = "in_state", .level = TraceLevel::kNone};
    options.args.insert(options.args.end(), program.argv.begin(), program.argv.end());
    options.files = program.files.views;
    options.limits = limits();
    options.limits->wall_time = 5s;
    const auto run = Run(std::move(options));
    auto problem = ProblemOf(run, due);
    if (!problem) return;
    auto about = state == "gone" ? std::string("there was no process PID any more")
                                 : fmt::format("PID was a process called \"{}\" in the state {}", name, state);
    problem->facts.insert(problem->facts.begin(), std::move(about));
    sandbox::Command command{.argv = program.argv};
    command.argv.insert(command.argv.end(), {"pstate", "PID"});
    FAIL() << EncodeFailure(
        {{Told(due), problem->happened, problem->facts, CommandLine(command), {}}, OutputOf(run), TimelineOf(run)});
  }
};

LAB_CHECK_F(PStateCheck, Fork, PStateTellsEachState, .points = 6,
            .hint = "The letter stands in /proc/PID/stat; proc(5) lists what each means.",
            .title = "pstate: it tells each state") {
  const std::vector<std::pair<std::string, std::string>> states = {
      {"R", "ready/running R"}, {"S", "waiting S"}, {"T", "stopped T"}, {"Z", "zombie Z"}, {"D", "waiting D"}};
  for (const auto& [state, line] : states) {
    ASSERT_NO_FATAL_FAILURE(ExpectOn(state, random().Name(), {0, {line}}));
  }
}

// At most 15 bytes, as the kernel keeps them (prctl(2), PR_SET_NAME).
std::string AwkwardName(Random& random) {
  static const std::vector<char> kBytes = {' ', '(', ')', 'R', 'S', 'Z', 'T', '1', 'x'};
  std::string name = "x";
  while (name.size() < 15) name += random.Pick(kBytes);
  return name;
}

LAB_CHECK_F(PStateCheck, Fork, PStateCopesWithAnyName, .points = 4,
            .hint = "The name is in brackets but may hold brackets: it ends at the last one of the line.",
            .title = "pstate: any name of a process will do") {
  for (const auto& name : {std::string("a b"), std::string(") R ("), std::string("((x)) Z"), std::string("Z) T 1 2"),
                           AwkwardName(random()), AwkwardName(random())}) {
    ASSERT_NO_FATAL_FAILURE(ExpectOn("S", name, {0, {"waiting S"}}));
  }
  ExpectOn("T", AwkwardName(random()), {0, {"stopped T"}});
}

LAB_CHECK_F(PStateCheck, Fork, PStateWithoutSuchProcessFails, .points = 2, .hint = "Tell it on stderr and exit with 1.",
            .needs = {"Fork.PStateTellsEachState"}, .title = "pstate: without such a process it ends with 1") {
  ASSERT_NO_FATAL_FAILURE(ExpectOn("gone", "x", {1, {}}));
  const auto never = RunNative({"pstate", std::to_string(random().Integer(3'000'000, 4'000'000))});
  ASSERT_THAT(never, ExitsWith(1));
  EXPECT_THAT(never, PrintsNothing());
}

}  // namespace
}  // namespace grader::checks
