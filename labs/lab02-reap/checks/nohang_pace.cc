// reap nohang N: when it ticks, and when its children end.
#include <fmt/format.h>

#include <algorithm>

#include "nohang.h"

namespace grader::checks::lab02 {
namespace {

using std::chrono::microseconds;

std::string Told(std::size_t ticks, microseconds time) {
  return fmt::format("{} in {}", Count(ticks, "tick", "ticks"), InWords(time));
}

// Judged by the mean: one tick that comes late, or is read late, says nothing. Fair time may be shorter than the time
// by which the program goes, never longer: so ticks that come too fast must do so by the machine's own clock, too.
RunMatcher TicksEveryTenMilliseconds(const microseconds& machine_time) {
  return Judge(
      "a tick comes every 10 ms until the last child is reaped",
      [&machine_time](const Observation& run) -> std::optional<Problem> {
        constexpr microseconds kShortest = 6ms;
        constexpr microseconds kLongest = 14ms;
        constexpr auto kToEnd = 50ms;  // behind the last child's end, as an interpreter may need
        constexpr std::size_t kEnough = 5;
        const auto ticks = Ticks(run);
        const auto first = ticks.at(0).fair_time;
        const auto whole = run.program_ended.fair_time - first;
        if (whole > (ticks.size() + 1) * 2 * 10ms + kToEnd) {
          return Problem{"it printed " + Told(ticks.size(), whole), {}, {}};
        }
        if (ticks.size() < kEnough) return std::nullopt;
        const auto time = ticks.back().fair_time - first;
        const auto mean = time / (ticks.size() - 1);
        const bool fast = mean < kShortest && machine_time / (ticks.size() - 1) < kShortest;
        if (!fast && mean <= kLongest) return std::nullopt;
        return Problem{"on average a tick came every " + InWords(mean), {"it printed " + Told(ticks.size(), time)}, {}};
      });
}

LAB_CHECK_F(NohangCheck, Reap, NohangTicksEveryTenMilliseconds, .points = 5,
            .hint = "Sleep to the next multiple of 10 ms, not 10 ms after the work. Print nothing but the ticks.",
            .title = "nohang: a tick every 10 ms, and nothing else") {
  const auto only_ticks = PrintsLinesThat("every line is `tick`", Each("tick"));
  const auto watched = RunNohang(40);
  ASSERT_NO_FATAL_FAILURE(ExpectWhole(watched, 40));
  ASSERT_THAT(watched, only_ticks);
  microseconds machine_time{0};
  const auto run_once = [&] {  // native: a tracer would hold up the ticks
    auto [run, time] = RunTimed(40);
    ExpectWhole(run, 40);
    machine_time = time;
    return run;
  };
  ExpectInOneOf(3, run_once, AllOf(only_ticks, TicksEveryTenMilliseconds(machine_time)));
}

RunMatcher TicksOnlyWhenAllHaveStarted() {
  return Judge("the first tick comes when all children have been started",
               [](const Observation& run) -> std::optional<Problem> {
                 const auto first = Ticks(run).at(0);
                 for (const auto* child : ChildrenOfProgram(run)) {
                   if (child->started < first) continue;
                   return Problem{"it ticked while it was still starting children",
                                  {Name(*child) + " was started after the first tick"},
                                  PlaceOf(child->created_at)};
                 }
                 return std::nullopt;
               });
}

LAB_CHECK_F(NohangCheck, Reap, NohangTicksOnlyWhenAllHaveStarted, .points = 3,
            .hint = "Print the first tick behind the loop that forks.",
            .title = "nohang: no tick before all children have been started") {
  const auto children = Between(90, 110);  // many: starting them takes longer than a tick
  const auto run = RunWithTicks(children);
  ASSERT_NO_FATAL_FAILURE(ExpectWhole(run, children));
  ASSERT_THAT(run, PrintsTicks());
  EXPECT_THAT(run, TicksOnlyWhenAllHaveStarted());
}

// Between two ticks, whenever they are: three at one moment are a burst, three that come one at a tick are none. By the
// machine's clock: a busy machine tears bursts apart, so one of several runs will do, but it makes none of children
// that wait for each other, and hardly ever two of children that end at intervals.
RunMatcher EndsChildrenInBursts() {
  return Judge(
      "the children end in bursts: at least 3 between two ticks", [](const Observation& run) -> std::optional<Problem> {
        constexpr std::size_t kBurst = 3;
        constexpr auto kAtOnce = 12ms;
        std::vector<microseconds> ends;
        for (const auto* child : ChildrenOfProgram(run)) {
          if (child->ended) ends.push_back(child->ended->machine_time);
        }
        std::ranges::sort(ends);
        for (std::size_t i = kBurst - 1; i < ends.size(); ++i) {
          if (ends[i] - ends[i - kBurst + 1] <= kAtOnce) return std::nullopt;
        }
        return Problem{
            fmt::format("of {}, no three ended within {}", Count(ends.size(), "child", "children"), InWords(kAtOnce)),
            {},
            {}};
      });
}

LAB_CHECK_F(NohangCheck, Reap, NohangChildrenEndInBursts, .points = 2,
            .hint = "Let several children end at the same moment.", .title = "nohang: the children end in bursts") {
  const auto run_once = [&] {
    auto run = RunNohang(40);
    ExpectWhole(run, 40);
    return run;
  };
  for (int times = 0; times < 2 && !HasFailure(); ++times) ExpectInOneOf(3, run_once, EndsChildrenInBursts());
}

}  // namespace
}  // namespace grader::checks::lab02
