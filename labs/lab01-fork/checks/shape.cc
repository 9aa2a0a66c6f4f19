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

std::chrono::microseconds FairTime(observe::Run& run) {
  std::chrono::microseconds time{0};
  run.WaitUntil([&time](const observe::Progress& now) {
    time = now.fair_time;
    return true;
  });
  return time;
}

class ShapeCheck : public LabCheck {
 protected:
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
      const auto until = [&, end = 200ms + FairTime(*program)](const observe::Progress& now) {
        return now.fair_time > end;
      };
      program->WaitUntil(until);
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
