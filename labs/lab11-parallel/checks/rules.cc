// What holds for every program of the course.
#include "primes.h"

namespace grader::checks::lab11 {
namespace {

class RulesCheck : public PrimesCheck {
 protected:
  void RefusesAll(const std::vector<std::vector<std::string>>& lines) {
    for (const auto& args : lines) {
      const auto run = Run(args);
      ASSERT_THAT(run, AllOf(ExitsWith(2), PrintsOneErrorLine(), HasProcesses(1)));
    }
  }
};

LAB_CHECK_F(RulesCheck, Rules, RefusesWhatIsNoCommand, .points = 2,
            .hint = "Usage: one line to stderr, nothing to stdout, exit status 2.",
            .title = "wrong words are refused with the usage") {
  RefusesAll({{},
              {random().Name()},
              {random().Name(), "2", "100"},
              {"threads"},
              {"serial", "1"},
              {"processes", "2", "100", "1"}});
}

LAB_CHECK_F(RulesCheck, Rules, RefusesWhatIsNoNumber, .points = 2,
            .hint = "WORKERS is 1 to 64, LIMIT 0 to 10000000. from_chars and strtol tell where they stopped.",
            .title = "wrong numbers are refused with the usage") {
  RefusesAll({{"threads", "0", "100"},
              {"threads", "65", "100"},
              {"processes", "-1", "100"},
              {"biglock", random().Name(), "100"},
              {"threads", "2x", "100"},
              {"serial", "1", "-1"},
              {"biglock", "2", "10000001"},
              {"processes", "2", random().Name()},
              {"threads", "2", "100x"}});
}

RunMatcher TellsTheFailedCall() {
  return Judge("it says on stderr which call failed, and why", [](const Observation& run) -> std::optional<Problem> {
    if (!run.err.text().empty()) return std::nullopt;
    return Problem{"stderr is empty", {}, {}};
  });
}

LAB_CHECK_F(RulesCheck, Rules, TellsWhichCallFailed, .points = 3,
            .hint =
                "fork returns -1, std::thread throws std::system_error, pthread_create returns the error. Those who "
                "have been started must be let go before the program ends with 1.",
            .needs = {"Threads.CountThePrimes", "Processes.CountThePrimes"},
            .title = "a worker that cannot be started is told, and ends it with 1") {
  for (const char* mode : {"threads", "processes", "biglock"}) {
    RunOptions options{.args = Program().argv, .probe = "no_fork", .files = Program().files.views};
    options.args.insert(options.args.end(), {mode, "3", "1000"});
    const auto run = Run(std::move(options));
    ASSERT_THAT(run, AllOf(ExitsWith(1), TellsTheFailedCall()));
  }
}

LAB_CHECK_F(RulesCheck, Rules, LeavesNothingBehind, .points = 1, .hint = "Join every thread, reap every child.",
            .title = "nothing is left behind") {
  for (const char* mode : {"serial", "threads", "processes", "biglock"}) {
    const auto run = Run({mode, std::to_string(Between(2, 6)), std::to_string(Between(500, 3000))});
    ASSERT_THAT(run, AllOf(ExitsCleanly(), PrintsANumber(), checks::LeavesNothingBehind()));
  }
}

LAB_QUIZ();

}  // namespace
}  // namespace grader::checks::lab11
