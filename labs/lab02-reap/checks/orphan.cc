// reap orphan
#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "family.h"

namespace grader::checks::lab02 {
namespace {

constexpr auto kMayOutlive = 1100ms;  // a second, and what it takes to end

// Of the two lines.
struct Parents {
  pid_t before = 0;
  pid_t after = 0;
};

std::optional<Parents> ParentsTold(const Observation& run) {
  static const std::regex kBefore("before ([0-9]{1,9})");
  static const std::regex kAfter("after ([0-9]{1,9})");
  const auto lines = Lines(run);
  std::smatch before, after;
  if (lines.size() != 2 || !std::regex_match(lines[0], before, kBefore) || !std::regex_match(lines[1], after, kAfter)) {
    return std::nullopt;
  }
  return Parents{ParsePid(before[1]), ParsePid(after[1])};
}

// A process whose parent ended before it.
const ProcessRecord* FindOrphan(const Observation& run, pid_t parent) {
  for (const auto& process : run.processes) {
    if (process.parent < 0 || !process.orphaned) continue;
    if (run.processes.at(static_cast<std::size_t>(process.parent)).pid == parent) return &process;
  }
  return nullptr;
}

// A process that had to be killed, a second after the program's end.
std::optional<Problem> LivesOn(const Observation& run) {
  for (const auto& process : run.processes) {
    if (!process.killed_by_grader) continue;
    return Problem{"a process still ran 1 s after the program's end",
                   {Name(process) + " had to be killed"},
                   PlaceOf(process.created_at),
                   "When the child has printed its second line it has nothing left to do: let it end. If it never came "
                   "to that line, ask what should have woken it."};
  }
  return std::nullopt;
}

// Why both lines tell one parent, as far as it can be known. A line may be read late, so only a parent that had ended
// long before the second one surely had ended when it was printed.
Problem SameParentTwice(const Observation& run, pid_t parent) {
  constexpr auto kLongBefore = 20ms;
  Problem problem{fmt::format("both lines tell {} as the parent", parent), {}, {}};
  const auto* process = run.level == TraceLevel::kNone ? nullptr : FindProcess(run, parent);
  if (process == nullptr) return problem;
  const auto printed = run.lines.at(1).at;
  if (!process->ended || printed < *process->ended) {
    problem.facts = {
        fmt::format("{} still lived when the second line came, so nobody had adopted the child", Name(*process))};
    problem.hint = "Print the second line when the parent has ended, not before.";
  } else if (printed.fair_time - process->ended->fair_time > kLongBefore) {
    problem.facts = {fmt::format("{} had ended {} before the second line came", Name(*process),
                                 InWords(printed.fair_time - process->ended->fair_time))};
    problem.hint = "getppid tells the parent of the moment: ask it again for the second line.";
  }
  return problem;
}

RunMatcher PrintsTwoParents() {
  return Judge("the child prints `before <ppid>`, and `after <ppid>` with another parent",
               [](const Observation& run) -> std::optional<Problem> {
                 const auto told = ParentsTold(run);
                 if (told && told->before != told->after) return std::nullopt;
                 if (told) return SameParentTwice(run, told->before);
                 if (auto problem = LivesOn(run)) return problem;
                 const auto lines = Lines(run);
                 return Problem{lines.empty() ? "it printed nothing" : "it printed something else", Bounded(lines), {}};
               });
}

RunMatcher TellsTheTruth() {
  return Judge("the first line tells the parent, while it lives; the second the adopter, when the parent has ended",
               [](const Observation& run) -> std::optional<Problem> {
                 const auto told = ParentsTold(run).value();
                 const auto* orphan = FindOrphan(run, told.before);
                 if (orphan == nullptr) {
                   const auto parent = FindProcess(run, told.before);
                   return Problem{parent == nullptr ? fmt::format("there was no process {}", told.before)
                                                    : fmt::format("{} had no child that outlived it", Name(*parent)),
                                  {},
                                  {}};
                 }
                 const auto& parent = run.processes.at(static_cast<std::size_t>(orphan->parent));
                 if (run.lines.at(1).at < *parent.ended) {
                   return Problem{"the second line came while the parent still lived",
                                  {fmt::format("it is {}", Name(parent))},
                                  PlaceOf(orphan->created_at)};
                 }
                 if (told.after == 1 || FindProcess(run, told.after) != nullptr) return std::nullopt;
                 return Problem{fmt::format("there is no process {}", told.after), {}, {}};
               });
}

RunMatcher TellsWhoeverAdoptsIt() {
  return Judge("the second line tells the adopter, whoever that is",
               [](const Observation& run) -> std::optional<Problem> {
                 const auto after = ParentsTold(run).value().after;
                 if (FindProcess(run, after) != nullptr) return std::nullopt;
                 return Problem{fmt::format("it tells {}, but another process had adopted the child", after),
                                {},
                                {},
                                "Not every orphan is adopted by process 1: ask getppid."};
               });
}

LAB_CHECK_F(ReapCheck, Reap, OrphanTellsBothParents, .points = 6,
            .hint = "What tells a child that its parent has ended? Not the clock.",
            .title = "orphan: the child tells its parent and its adopter") {
  if (const auto reason = WhyAdopterIsUnknown(); !reason.empty()) return Skip(reason);
  ForEachRun({.watched = 3, .native = 3}, {.args = {"orphan"}, .linger = kMayOutlive}, [](const Observation& run) {
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, PrintsTwoParents());
    if (run.level == TraceLevel::kNone) return;
    EXPECT_THAT(run, TellsTheTruth());
  });
  if (HasFailure()) return;
  const auto adopted = Run(Adopted("orphan"));
  ASSERT_THAT(adopted, ExitsCleanly());
  ASSERT_THAT(adopted, PrintsTwoParents());
  ASSERT_THAT(adopted, TellsWhoeverAdoptsIt());
  UnderSchedules({"orphan"}, {ExitsCleanly(), PrintsTwoParents(), TellsTheTruth()});
}

RunMatcher MakesAChild() {
  return JudgeWhileRunning("it makes a child that becomes an orphan",
                           [](const Observation& run) -> std::optional<Problem> {
                             if (run.processes.size() > 1) return std::nullopt;
                             return Problem{"it made no child", {}, {}};
                           });
}

RunMatcher HasAnOrphanThatEndsInTime() {
  return Judge("the child becomes an orphan, and ends at most 1 s after the program",
               [](const Observation& run) -> std::optional<Problem> {
                 if (auto problem = LivesOn(run)) return problem;
                 if (std::ranges::any_of(run.processes, &ProcessRecord::orphaned)) return std::nullopt;
                 return Problem{"no parent ended before its child, so nobody was adopted",
                                {},
                                {},
                                "A parent that waits for its child is never survived by it: let the parent end first."};
               });
}

LAB_CHECK_F(ReapCheck, Reap, OrphanSleepsBetween, .points = 3,
            .hint = "Block until it happens: a pipe's end of file, a pidfd, prctl PR_SET_PDEATHSIG.",
            .title = "orphan: the child sleeps until it has been adopted, and ends soon") {
  auto options = Watched({"orphan"});
  options.linger = kMayOutlive;
  const auto held_up = RunHeldUp(options, [](const observe::Progress& now) { return now.out.starts_with("before "); });
  ASSERT_THAT(held_up, MakesAChild());
  ASSERT_THAT(held_up, BurnsNoCpuWhileWaiting(150ms));
  ASSERT_THAT(held_up, WaitsWithoutPolling());
  const auto run = Run(options);
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run, HasAnOrphanThatEndsInTime());
  ASSERT_THAT(run, BurnsNoCpuWhileWaiting(150ms));
  EXPECT_THAT(run, WaitsWithoutPolling());
}

}  // namespace
}  // namespace grader::checks::lab02
