#include <fmt/format.h>

#include <regex>

#include "grader/checks/vocabulary.h"

namespace grader::checks {
namespace {

class PStateCheck : public LabCheck {
 protected:
  // What the program says of a process called name that is in the state; probes/in_state.cpp makes that process.
  // Untraced: a tracer would be seen in the state of what it traces.
  Observation RunOn(const std::string& state, const std::string& name) {
    const auto& program = Program();
    RunOptions options{.args = {state, name}, .probe = "in_state", .level = TraceLevel::kNone};
    options.args.insert(options.args.end(), program.argv.begin(), program.argv.end());
    options.files = program.files.views;
    return Run(std::move(options));
  }
};

RunMatcher PrintsOneOf(std::vector<std::string> lines) {
  return Judge(
      fmt::format("it prints `{}`", fmt::join(lines, "` or `")),
      [lines](const Observation& run) -> std::optional<Problem> {
        const auto printed = Lines(run);
        if (printed.size() == 1 && std::ranges::find(lines, printed[0]) != lines.end()) return std::nullopt;
        return Problem{printed.empty() ? "it printed nothing" : "it printed something else", Bounded(printed), {}};
      });
}

LAB_CHECK_F(PStateCheck, Fork, PStateTellsEachState, .points = 6,
            .hint = "The letter stands in /proc/PID/stat; proc(5) lists what each means.",
            .title = "pstate: it tells each state") {
  const std::vector<std::pair<std::string, std::vector<std::string>>> states = {
      {"R", {"ready/running R"}},
      {"S", {"waiting S"}},
      {"T", {"stopped T"}},
      {"Z", {"zombie Z"}},
  };
  for (const auto& [state, lines] : states) {
    const auto run = RunOn(state, random().Name());
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, PrintsOneOf(lines));
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
    const auto run = RunOn("S", name);
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, PrintsOneOf({"waiting S"}));
  }
  const auto run = RunOn("T", AwkwardName(random()));
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run, PrintsOneOf({"stopped T"}));
}

LAB_CHECK_F(PStateCheck, Fork, PStateWithoutSuchProcessFails, .points = 2, .hint = "Tell it on stderr and exit with 1.",
            .needs = {"Fork.PStateTellsEachState"}, .title = "pstate: without such a process it ends with 1") {
  const auto reaped = RunOn("gone", "x");
  EXPECT_THAT(reaped, ExitsWith(1));
  const auto never = RunNative({"pstate", std::to_string(random().Integer(3'000'000, 4'000'000))});
  ASSERT_THAT(never, ExitsWith(1));
  EXPECT_THAT(never, PrintsNothing());
}

}  // namespace
}  // namespace grader::checks
