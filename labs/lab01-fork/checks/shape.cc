#include <sys/syscall.h>

#include <algorithm>
#include <csignal>

#include "grader/checks/vocabulary.h"

namespace grader::checks {
namespace {

struct Shape {
  std::vector<std::string> args;
  TreeShape tree;
};

Shape FanOf(int n) { return {{"shape", "fan", std::to_string(n)}, Fan(n)}; }
Shape ChainOf(int n) { return {{"shape", "chain", std::to_string(n)}, Chain(n)}; }
Shape TreeOf(int depth) { return {{"shape", "tree", std::to_string(depth)}, BinaryTree(depth)}; }

RunMatcher MakesProcesses() {
  return Judge("it makes processes", [](const Observation& run) -> std::optional<Problem> {
    if (run.processes.size() > 1) return std::nullopt;
    return Problem{"it made none", {}, {}};
  });
}

observe::Progress ProgressOf(observe::Run& run) {
  observe::Progress progress;
  run.WaitUntil([&progress](const observe::Progress& now) {
    progress = now;
    return true;
  });
  return progress;
}

void LetPass(observe::Run& run, std::chrono::milliseconds span) {
  run.WaitUntil(
      [&, end = span + ProgressOf(run).fair_time](const observe::Progress& now) { return now.fair_time > end; });
}

bool SomebodySleepsForATime(const observe::Glimpse& glimpse) {
  const auto sleeps = [](const observe::Glimpse::Thread& thread) {
    return thread.call == SYS_nanosleep || thread.call == SYS_clock_nanosleep;
  };
  return std::ranges::any_of(glimpse.processes,
                             [&](const auto& process) { return std::ranges::any_of(process.threads, sleeps); });
}

class ShapeCheck : public LabCheck {
 protected:
  // Stops the first process before it has made all of its children, until the others wait for an event and not for
  // time to pass: who only guesses when all are there has ended by then. A sleep of over 4 s is not sat out, nor are
  // those who spin, which is for another check.
  Observation RunHeldUp(const Shape& shape) {
    const auto program = Start({.args = shape.args});
    if (program->WaitUntil([](const observe::Progress& now) { return now.processes_alive > 2; })) {
      program->Signal(SIGSTOP);
      program->LookForRest();
      const auto enough = ProgressOf(*program).cpu_time + 1s;
      for (int looks = 0; looks < 80 && ProgressOf(*program).cpu_time < enough; ++looks) {
        LetPass(*program, 50ms);
        if (program->LookForRest() != observe::Rest::kMoving && !SomebodySleepsForATime(program->TakeGlimpse())) break;
      }
      program->Signal(SIGCONT);
    }
    return program->Finish();
  }

  int Between(int low, int high) { return static_cast<int>(random().Integer(low, high)); }

  void BuildsAll(const std::vector<Shape>& shapes) {
    for (const auto& shape : shapes) {
      const auto run = Run(shape.args);
      ASSERT_THAT(run, ExitsCleanly());
      ASSERT_THAT(run, HasTreeShape(shape.tree));
      ASSERT_THAT(run, PrintsNothing());
    }
  }
};

LAB_CHECK_F(ShapeCheck, Fork, ShapeFan, .points = 4,
            .hint = "Each child must leave the loop that made it, or it makes children of its own.",
            .title = "shape: a fan of N children") {
  BuildsAll({FanOf(1), FanOf(Between(3, 12)), FanOf(200)});
}

LAB_CHECK_F(ShapeCheck, Fork, ShapeChain, .points = 4,
            .hint = "In a line every process has one child, made by the youngest.",
            .title = "shape: a line of N descendants") {
  // Of a long chain each fork costs the kernel more than the one before, watched even more so: the longest is not
  // watched.
  BuildsAll({ChainOf(1), ChainOf(Between(3, 12)), ChainOf(90)});
  if (HasFailure()) return;
  const auto longest = RunNative({"shape", "chain", "200"});
  EXPECT_THAT(longest, ExitsCleanly());
}

LAB_CHECK_F(ShapeCheck, Fork, ShapeTree, .points = 4,
            .hint = "Every process above the last level has exactly two children.",
            .title = "shape: a binary tree of DEPTH levels") {
  BuildsAll({TreeOf(1), TreeOf(Between(2, 4)), TreeOf(7)});
}

LAB_CHECK_F(ShapeCheck, Fork, ShapeAllAliveAtOneMoment, .points = 6,
            .hint =
                "Nobody may end before the last has arrived: let all report, and open a gate for all at once. A sleep "
                "is a guess.",
            .title = "shape: at one moment every process is alive") {
  for (const auto& shape : {FanOf(Between(20, 60)), ChainOf(Between(10, 30)), TreeOf(Between(3, 5))}) {
    const auto run = Run(shape.args);
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, MakesProcesses());
    ASSERT_THAT(run, HasAllProcessesAliveAtOnce());
  }
  const auto held_up = RunHeldUp(FanOf(150));
  ASSERT_THAT(held_up, ExitsCleanly());
  EXPECT_THAT(held_up, HasAllProcessesAliveAtOnce());
}

LAB_CHECK_F(ShapeCheck, Fork, ShapeEachWaitsForItsOwnChildren, .points = 4,
            .hint = "A process that ends first leaves its children to be adopted: it must wait for each of them.",
            .title = "shape: each process waits for its own children") {
  for (const auto& shape : {FanOf(9), ChainOf(Between(4, 8)), TreeOf(3)}) {
    const auto run = Run(shape.args);
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, ReapsEveryChild());
  }
}

// The program's first process is stopped in the middle; whoever waits meanwhile must be asleep. One who spins never
// lets everybody sleep, and ends at the limit of CPU time.
LAB_CHECK_F(ShapeCheck, Fork, ShapeSleepsWhileItWaits, .points = 5,
            .hint =
                "Block in read, waitpid or sigwait: the kernel wakes you. Asking again and again costs the processor "
                "others need.",
            .title = "shape: what waits, sleeps") {
  auto tight = limits();
  tight.cpu_time = 2s;
  for (const auto& shape : {FanOf(40), ChainOf(40), TreeOf(4)}) {
    const auto program = Start({.args = shape.args, .level = TraceLevel::kBlocking, .limits = tight});
    if (program->WaitUntil([](const observe::Progress& now) { return now.processes_alive > 10; })) {
      program->Signal(SIGSTOP);
      program->WaitUntil([](const observe::Progress& now) { return now.everybody_asleep; });
      LetPass(*program, 200ms);
      program->Signal(SIGCONT);
    }
    const auto run = program->Finish();
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, MakesProcesses());
    ASSERT_THAT(run, WaitsWithoutPolling());
  }
}

}  // namespace
}  // namespace grader::checks
