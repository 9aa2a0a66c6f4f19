// What holds for every program of the course.
#include <fmt/format.h>

#include <map>

#include "family.h"
#include "nohang.h"

namespace grader::checks::lab02 {
namespace {

class RulesCheck : public ReapCheck {
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

RunMatcher MakesProcesses() {
  return JudgeWhileRunning("it makes processes", [](const Observation& run) -> std::optional<Problem> {
    if (run.processes.size() > 1) return std::nullopt;
    return Problem{"it made none", {}, {}};
  });
}

// A tick is due at a known moment: one sleep brings it, whatever the call. Who sleeps for a little while again and
// again until then looks instead of sleeping. Counted by thread, and generously: a time-out may be rounded.
RunMatcher SleepsOnceForEachTick() {
  return JudgeWhileRunning("between two ticks it sleeps until the next is due",
                           [](const Observation& run) -> std::optional<Problem> {
                             RequireLevel(run, TraceLevel::kBlocking);
                             constexpr std::size_t kMostForATick = 3;
                             std::map<pid_t, std::size_t> sleeps;
                             for (const auto& call : run.calls) {
                               if (call.process == 0 && SleptForAFixedTime(call)) ++sleeps[call.tid];
                             }
                             const auto ticks = Ticks(run).size();
                             for (const auto& [thread, times] : sleeps) {
                               if (times <= kMostForATick * (ticks + 1)) continue;
                               return Problem{fmt::format("it slept {} for a fixed time, and ticked {}",
                                                          Count(times, "time", "times"), Count(ticks, "time", "times")),
                                              {"it looked again and again whether the next tick was due"},
                                              {},
                                              "Compute how long it is until the next tick, and sleep for that, once."};
                             }
                             return std::nullopt;
                           });
}

LAB_CHECK_F(RulesCheck, Reap, WaitingCostsNoCpu, .points = 4,
            .hint = "Block in waitpid, read, poll or sigwait: the kernel wakes you.",
            .title = "waiting costs no processor time") {
  for (const auto& args : {std::vector<std::string>{"waitall", "20"}, {"ignore", "20"}, {"twolevel"}}) {
    const auto run = Run(Watched(args));
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, MakesProcesses());
    ASSERT_THAT(run, BurnsNoCpuWhileWaiting(150ms));
    ASSERT_THAT(run, WaitsWithoutPolling());
  }
  const auto held_up =
      RunHeldUp(Watched({"waitall", "20"}), [](const observe::Progress& now) { return now.processes_alive > 10; });
  ASSERT_THAT(held_up, MakesProcesses());
  ASSERT_THAT(held_up, BurnsNoCpuWhileWaiting(150ms));
  ASSERT_THAT(held_up, WaitsWithoutPolling());
  for (int times = 0; times < 3 && !HasFailure(); ++times) {    // a busy machine stretches the sleeps of some
    const auto ticking = RunNohang(20, TraceLevel::kBlocking);  // which has to wake up for its ticks
    ASSERT_THAT(ticking, MakesProcesses());
    ASSERT_THAT(ticking, BurnsNoCpuWhileWaiting(150ms));
    EXPECT_THAT(ticking, SleepsOnceForEachTick());
  }
}

LAB_CHECK_F(RulesCheck, Reap, RefusesWhatIsNoCommand, .points = 1, .hint = "Usage: one line to stderr, exit status 2.",
            .title = "wrong words are refused with the usage") {
  RefusesAll(
      {{}, {random().Name()}, {"twolevel", "1"}, {"orphan", "x"}, {"waitall"}, {"waitall", "1", "2"}, {"ignore"}});
}

LAB_CHECK_F(RulesCheck, Reap, RefusesWhatIsNoNumber, .points = 2,
            .hint =
                "atoi makes 0 of what is no number, and stops at the first letter. from_chars and strtol tell where "
                "they stopped.",
            .title = "wrong numbers are refused with the usage") {
  RefusesAll({{"waitall", random().Name()},
              {"waitall", "3x"},
              {"waitall", "-1"},
              {"waitall", "256"},
              {"nohang", "-1"},
              {"nohang", random().Name()},
              {"ignore", ""},
              {"ignore", "-3"}});
}

RunMatcher TellsTheFailedCall() {
  return Judge("it says on stderr which call failed, and why", [](const Observation& run) -> std::optional<Problem> {
    if (!run.err.text().empty()) return std::nullopt;
    return Problem{"stderr is empty", {}, {}};
  });
}

LAB_CHECK_F(RulesCheck, Reap, TellsWhichCallFailed, .points = 2,
            .hint = "fork returns -1 when it fails; perror prints which call and why.",
            .needs = {"Reap.WaitallTellsEachChildOnce"}, .title = "a fork that fails is told, and ends with 1") {
  for (const auto& args :
       {std::vector<std::string>{"waitall", "3"}, {"nohang", "3"}, {"twolevel"}, {"ignore", "3"}, {"orphan"}}) {
    RunOptions options{.args = Program().argv, .probe = "no_fork", .files = Program().files.views};
    options.args.insert(options.args.end(), args.begin(), args.end());
    options.limits = limits();
    options.limits->wall_time = 5s;  // one that goes on without a child may tick for ever
    const auto run = Run(std::move(options));
    ASSERT_THAT(run, ExitsWith(1));
    ASSERT_THAT(run, TellsTheFailedCall());
  }
}

LAB_CHECK_F(RulesCheck, Reap, LeavesNothingBehind, .points = 1, .hint = "Wait for every child.",
            .title = "nothing is left behind") {
  for (const auto& args : {std::vector<std::string>{"waitall", "0"}, {"nohang", "0"}, {"ignore", "0"}}) {
    const auto run = Run(args);
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, checks::LeavesNothingBehind());
  }
  const auto leaves_nothing = [](const Observation& run) {
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, MakesProcesses());
    ASSERT_THAT(run, checks::LeavesNothingBehind());
  };
  for (const auto& args : {std::vector<std::string>{"waitall", "5"}, {"ignore", "5"}, {"twolevel"}}) {
    ASSERT_NO_FATAL_FAILURE(leaves_nothing(Run(args)));
  }
  ASSERT_NO_FATAL_FAILURE(leaves_nothing(RunNohang(12)));
  leaves_nothing(Run({.args = {"orphan"}, .linger = 1100ms}));  // whose child may outlive it by a second
}

LAB_QUIZ();

}  // namespace
}  // namespace grader::checks::lab02
