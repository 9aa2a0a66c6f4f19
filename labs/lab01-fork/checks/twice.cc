#include <fmt/format.h>

#include <regex>

#include "grader/checks/vocabulary.h"
#include "own_lines.h"

namespace grader::checks {
namespace {

// The two lines that are due. The child's pid is that of the process that was seen; of an unwatched run, which shows
// none, it is taken from the parent's line, and the child's own line must agree.
std::vector<std::string> DueLines(const Observation& run) {
  static const std::regex kParentLine("parent [0-9]+ child ([0-9]{1,9})");
  const auto parent = run.processes.at(0).pid;
  pid_t child = 0;
  for (const auto& line : Lines(run)) {
    std::smatch match;
    if (std::regex_match(line, match, kParentLine)) child = std::stoi(match[1]);
  }
  if (run.level != TraceLevel::kNone && run.processes.size() > 1) child = run.processes[1].pid;
  return {fmt::format("parent {} child {}", parent, child), fmt::format("child {} parent {}", child, parent)};
}

LAB_CHECK(Fork, TwicePrintsBothLinesOnce, .points = 6,
          .hint =
              "What a buffer holds at the fork is in both processes, and both write it out. Flush before fork, or "
              "write each line with one write(2) after it.",
          .title = "twice: both lines are printed, each once") {
  ForEachRun({.watched = 2, .native = 4}, {.args = {"twice"}}, [](const Observation& run) {
    ASSERT_THAT(run, ExitsCleanly());
    EXPECT_THAT(run, PrintsLinesInAnyOrder(DueLines(run)));
  });
  if (HasFailure()) return;
  ForEachSchedule(2, {.args = {"twice"}}, [](const Observation& run) {
    ASSERT_THAT(run, HasProcesses(2));
    EXPECT_THAT(run, lab01::HasTwoThatPrint());
  });
}

LAB_CHECK(Fork, TwiceWaitsForItsChild, .points = 4,
          .hint = "The parent must call waitpid before it ends; else its child is an orphan or a zombie.",
          .title = "twice: the parent waits for its child") {
  const auto run = Run({"twice"});
  ASSERT_THAT(run, ExitsCleanly());
  EXPECT_THAT(run, ReapsEveryChild());
}

}  // namespace
}  // namespace grader::checks
