// What holds for every program of the course.
#include <fmt/format.h>

#include <algorithm>

#include "grader/checks/vocabulary.h"

namespace grader::checks {
namespace {

class RulesCheck : public LabCheck {
 protected:
  void RefusesAll(const std::vector<std::vector<std::string>>& lines) {
    for (const auto& args : lines) {
      const auto run = Run(args);
      ASSERT_THAT(run, ExitsWith(2));
      ASSERT_THAT(run, PrintsOneErrorLine());
      ASSERT_THAT(run, HasProcesses(1));
    }
  }
};

LAB_CHECK_F(RulesCheck, Fork, RefusesWhatIsNoCommand, .points = 1, .hint = "Usage: one line to stderr, exit status 2.",
            .title = "wrong words are refused with the usage") {
  RefusesAll({{},
              {random().Name()},
              {"twice", "x"},
              {"memory"},
              {"memory", "1", "2"},
              {"exitcode"},
              {"shape", "fan"},
              {"pstate"}});
}

LAB_CHECK_F(RulesCheck, Fork, RefusesWhatIsNoNumber, .points = 3,
            .hint =
                "atoi makes 0 of what is no number, and stops at the first letter. from_chars and strtol tell where "
                "they stopped.",
            .title = "wrong numbers and names are refused with the usage") {
  RefusesAll({{"memory", random().Name()},
              {"memory", "7x"},
              {"memory", ""},
              {"memory", "2147483648"},
              {"exitcode", "256"},
              {"exitcode", "-1"},
              {"exitcode", "signal"},
              {"exitcode", "signal", "NOSUCH"},
              {"shape", "ring", "3"},
              {"shape", "fan", "-1"},
              {"shape", "tree", "x"},
              {"pstate", "x"},
              {"pstate", "-1"}});
}

RunMatcher TellsTheFailedCall() {
  return Judge("it says on stderr which call failed, and why", [](const Observation& run) -> std::optional<Problem> {
    if (!run.err.text().empty()) return std::nullopt;
    return Problem{"stderr is empty", {}, {}};
  });
}

LAB_CHECK(Fork, TellsWhichCallFailed, .points = 2,
          .hint = "fork returns -1 when it fails; perror prints which call and why.",
          .needs = {"Fork.TwicePrintsBothLinesOnce"}, .title = "a fork that fails is told, and ends with 1") {
  for (const auto& args :
       {std::vector<std::string>{"twice"}, {"memory", "1"}, {"exitcode", "3"}, {"shape", "fan", "3"}}) {
    RunOptions options{.args = Program().argv, .probe = "no_fork", .files = Program().files.views};
    options.args.insert(options.args.end(), args.begin(), args.end());
    const auto run = Run(std::move(options));
    ASSERT_THAT(run, ExitsWith(1));
    ASSERT_THAT(run, TellsTheFailedCall());
  }
}

// Descriptors that the program had open at its end.
std::size_t OpenAtTheEnd(const Observation& run) { return run.processes.at(0).open_at_exit.size(); }

LAB_CHECK(Fork, LeavesNothingBehind, .points = 1, .hint = "Wait for every child, and remove what you create.",
          .needs = {"Fork.TwicePrintsBothLinesOnce"}, .title = "nothing is left behind") {
  for (const auto& args : {std::vector<std::string>{"twice"},
                           {"memory", "1"},
                           {"exitcode", "3"},
                           {"exitcode", "signal", "KILL"},
                           {"shape", "chain", "4"},
                           {"shape", "tree", "2"}}) {
    const auto run = Run(args);
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, checks::LeavesNothingBehind());
  }
  const auto few = Run({"shape", "fan", "5"});
  const auto many = Run({"shape", "fan", "150"});
  ASSERT_THAT(few, ExitsCleanly());
  ASSERT_THAT(many, ExitsCleanly());
  if (OpenAtTheEnd(many) > OpenAtTheEnd(few) + 8) {
    Fail(many, "the number of open descriptors does not grow with the number of children",
         {fmt::format("{} were open at the end with 5 children, {} with 150", OpenAtTheEnd(few), OpenAtTheEnd(many)),
          {},
          {}});
  }
}

LAB_QUIZ();

}  // namespace
}  // namespace grader::checks
