#include <fmt/format.h>

#include <algorithm>

#include "grader/checks/matchers.h"
#include "grader/checks/printing.h"

namespace grader::checks {
namespace {

using observe::Observation;
using observe::ProcessRecord;
using observe::ReapedBy;
using observe::TraceLevel;

using Records = std::vector<const ProcessRecord*>;

template <typename Predicate>
Records Where(const Observation& run, Predicate predicate) {
  Records found;
  for (const auto& process : run.processes) {
    if (predicate(process)) found.push_back(&process);
  }
  return found;
}

bool IsChild(const ProcessRecord& process) { return process.parent >= 0; }

// One fact a process, and the place of the first.
template <typename Tell>
Problem ProblemWith(std::string happened, const Records& processes, Tell tell) {
  Problem problem{std::move(happened), {}, {}};
  for (const auto* process : processes) {
    problem.facts.push_back(tell(*process));
    if (problem.location.empty()) problem.location = PlaceOf(process->created_at);
  }
  problem.facts = Bounded(std::move(problem.facts));
  return problem;
}

std::string WhenEnded(const ProcessRecord& process) {
  return process.ended ? "ended after " + InWords(process.ended->fair_time) : "had not ended";
}

std::optional<Problem> NoChild(const Observation& run) {
  RequireLevel(run, TraceLevel::kLifecycle);
  if (!Where(run, IsChild).empty()) return std::nullopt;
  return Problem{"it created no child process", {}, {}};
}

std::optional<Problem> Zombies(const Observation& run) {
  const auto zombies = Where(run, [](const ProcessRecord& process) { return process.left_as_zombie; });
  if (zombies.empty()) return std::nullopt;
  return ProblemWith(
      Count(zombies.size(), "child was", "children were") + " left as zombie" + (zombies.size() == 1 ? "" : "s"),
      zombies, [&run](const ProcessRecord& process) {
        const auto parent = process.parent < 0 ? std::string("its parent")
                                               : Name(run.processes.at(static_cast<std::size_t>(process.parent)));
        return fmt::format("{} {} and {} ended without having waited for it", Name(process), WhenEnded(process),
                           parent);
      });
}

std::optional<Problem> Unreaped(const Observation& run) {
  const auto unreaped = Where(
      run, [](const ProcessRecord& process) { return IsChild(process) && process.reaped_by != ReapedBy::kParent; });
  if (unreaped.empty()) return std::nullopt;
  return ProblemWith(Count(unreaped.size(), "child was", "children were") + " never waited for by " +
                         (unreaped.size() == 1 ? "its" : "their") + " own parent",
                     unreaped, [](const ProcessRecord& process) {
                       if (process.reaped_by == ReapedBy::kKernel) {
                         return Name(process) + " was removed by the kernel, because SIGCHLD was ignored";
                       }
                       return fmt::format("{} {} and was never waited for", Name(process), WhenEnded(process));
                     });
}

// A machine that is short of processors may keep the parent from running, and no zombie of that time is the student's.
// Fair time leaves such time out; as it can only be estimated, a moderate excess counts only if the parent was seen to
// run again.
bool ZombieLongerThan(const ProcessRecord& process, std::chrono::microseconds bound) {
  constexpr std::uint64_t kEnoughChances = 2;
  constexpr int kBeyondDoubt = 3;
  if (!IsChild(process) || process.reaped_by == ReapedBy::kKernel || process.zombie_for <= bound) return false;
  return process.parent_wakeups_as_zombie >= kEnoughChances || process.zombie_for > kBeyondDoubt * bound;
}

std::optional<Problem> OldZombies(const Observation& run, std::chrono::milliseconds bound) {
  const auto old = Where(run, [bound](const ProcessRecord& process) { return ZombieLongerThan(process, bound); });
  if (old.empty()) return std::nullopt;
  return ProblemWith(Count(old.size(), "child was", "children were") + " a zombie for longer than " + InWords(bound),
                     old, [](const ProcessRecord& process) {
                       return fmt::format("{} {} and was a zombie for {}, while its parent woke up {}", Name(process),
                                          WhenEnded(process), InWords(process.zombie_for),
                                          Count(process.parent_wakeups_as_zombie, "time", "times"));
                     });
}

std::optional<Problem> Strays(const Observation& run) {
  const auto strays = Where(run, [](const ProcessRecord& process) { return process.killed_by_grader; });
  if (strays.empty()) return std::nullopt;
  return ProblemWith(Count(strays.size(), "process", "processes") + " still ran after the program had ended", strays,
                     [](const ProcessRecord& process) { return Name(process) + " had to be killed"; });
}

const char* Name(observe::LeftoverKind kind) {
  switch (kind) {
    case observe::LeftoverKind::kSharedMemory:
      return "shared memory";
    case observe::LeftoverKind::kMessageQueue:
      return "message queue";
    case observe::LeftoverKind::kSystemV:
      return "System V object";
    case observe::LeftoverKind::kTemporaryFile:
      return "temporary file";
  }
  return "object";
}

std::optional<Problem> Leftovers(const Observation& run) {
  if (run.leftovers.empty()) return std::nullopt;
  Problem problem{Count(run.leftovers.size(), "thing was", "things were") + " left behind", {}, {}};
  for (const auto& leftover : run.leftovers) {
    problem.facts.push_back(fmt::format("{} {} was not removed", Name(leftover.kind), leftover.name));
  }
  problem.facts = Bounded(std::move(problem.facts));
  return problem;
}

}  // namespace

RunMatcher LeavesNoZombie() {
  return Judge("every child that ends is waited for, none stays a zombie", [](const Observation& run) {
    const auto problem = NoChild(run);
    return problem ? problem : Zombies(run);
  });
}

RunMatcher ReapsEveryChild() {
  return Judge("every child is waited for by its own parent", [](const Observation& run) {
    const auto problem = NoChild(run);
    return problem ? problem : Unreaped(run);
  });
}

RunMatcher ReapsEveryChildWithin(std::chrono::milliseconds bound) {
  return Judge("every child is waited for within " + InWords(bound) + " of its end", [bound](const Observation& run) {
    auto problem = NoChild(run);
    if (!problem) problem = OldZombies(run, bound);
    return problem ? problem : Zombies(run);
  });
}

RunMatcher LeavesNoStray() {
  return Judge("no process of it is alive after its end", [](const Observation& run) { return Strays(run); });
}

RunMatcher LeavesNothingBehind() {
  return Judge("nothing is left behind: no zombie, no process, no kernel object, no temporary file",
               [](const Observation& run) {
                 auto problem = Strays(run);
                 if (!problem) problem = Zombies(run);
                 return problem ? problem : Leftovers(run);
               });
}

RunMatcher HasProcesses(int count) {
  return JudgeWhileRunning(
      fmt::format("it runs as {} in all", Count(static_cast<std::uint64_t>(count), "process", "processes")),
      [count](const Observation& run) -> std::optional<Problem> {
        RequireLevel(run, TraceLevel::kLifecycle);
        if (run.processes.size() == static_cast<std::size_t>(count)) return std::nullopt;
        return Problem{"there were " + Count(run.processes.size(), "process", "processes"), {}, {}};
      });
}

RunMatcher HasTreeShape(TreeShape shape) {
  const auto expected = fmt::format("its {} form the tree asked for",
                                    Count(static_cast<std::uint64_t>(CountProcesses(shape)), "process", "processes"));
  return JudgeWhileRunning(expected, [shape = std::move(shape)](const Observation& run) -> std::optional<Problem> {
    RequireLevel(run, TraceLevel::kLifecycle);
    const auto found = ShapeOf(run);
    if (CanonicalForm(found) == CanonicalForm(shape)) return std::nullopt;
    const auto processes = Count(run.processes.size(), "process forms", "processes form");
    return Problem{fmt::format("its {} another tree", processes), DescribeShape(found, shape), {}};
  });
}

RunMatcher HasAllProcessesAliveAtOnce() {
  return JudgeWhileRunning(
      "at one moment all its processes are alive", [](const Observation& run) -> std::optional<Problem> {
        RequireLevel(run, TraceLevel::kLifecycle);
        const ProcessRecord* last = nullptr;
        const ProcessRecord* first_dead = nullptr;
        for (const auto& process : run.processes) {
          if (last == nullptr || last->started < process.started) last = &process;
          if (process.ended && (first_dead == nullptr || *process.ended < *first_dead->ended)) first_dead = &process;
        }
        if (last == nullptr || first_dead == nullptr || last->started < *first_dead->ended) return std::nullopt;
        return Problem{"a process had ended before the last one was created",
                       {fmt::format("{} {}", Name(*first_dead), WhenEnded(*first_dead)),
                        fmt::format("{} was created after {}", Name(*last), InWords(last->started.fair_time))},
                       PlaceOf(last->created_at)};
      });
}

}  // namespace grader::checks
