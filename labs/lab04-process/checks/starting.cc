// start(), and what the child does.
#include <fmt/format.h>

#include "facts.h"

namespace grader::checks::lab04 {
namespace {

RunMatcher RunsInAChild() {
  return JudgeAnyEnd("run() is called in a child of the program, start() returns in the program itself",
                     [](const Observation& run) -> std::optional<Problem> {
                       const auto* const child = ProcessTold(run, "pid()");
                       const auto* const runner = ProcessTold(run, "run() was called in");
                       const auto* const starter = ProcessTold(run, "start() returned in");
                       if (child == nullptr) return Problem{"pid() is no process's", {}, {}};
                       if (child->parent != 0) return Problem{"pid() is not that of a child of the program", {}, {}};
                       if (runner != child) return Problem{"run() was called in another process than pid()", {}, {}};
                       if (starter == nullptr || starter->index != 0) {
                         return Problem{"start() returned in another process than the program", {}, {}};
                       }
                       return std::nullopt;
                     });
}

LAB_CHECK_F(ProcessCheck, Process, StartRunsTheTargetInAChild, .points = 3,
            .hint = "fork in start(): the child calls run() and ends, the parent goes on.",
            .title = "start() creates a child, in which the target is called once") {
  for (int i = 0; i < 2 && !HasFailure(); ++i) {
    const auto token = random().Name();
    const auto run = RunTelling(
        {"start", token}, fmt::format("Process p([] {{ say(getpid(), \"{}\"); }});\np.start();\np.join();", token),
        {{"token", token}, {"children before start()", "-1"}});
    if (HasFailure()) return;
    ASSERT_THAT(run, RunsInAChild());
    ASSERT_THAT(run, Tells({{"run() was called in", ValuesOf(run, "pid()").at(0)},
                            {"start() returned in", std::to_string(run.processes.at(0).pid)},
                            {"pid() after join()", ValuesOf(run, "pid()").at(0)}}));
    ASSERT_THAT(run, Joins("pid()"));
  }
}

LAB_CHECK_F(ProcessCheck, Process, StartDoesNotWaitForTheChild, .points = 1,
            .hint = "start() only creates the child; join() waits.", .title = "start() does not wait for the child") {
  RunTelling({"start-returns"},
             "Process p([] { /* wait for the parent's word */ });\np.start();\n/* give it */\np.join();",
             {{"start()", "returned"}});
}

LAB_CHECK_F(ProcessCheck, Process, RefusesAnEmptyTarget, .points = 1,
            .hint = "An empty std::function is false in an if.",
            .title = "an empty target throws std::invalid_argument") {
  RunTelling({"empty-target"}, "Process p(std::function<void()>{});",
             {{"Process(std::function<void()>{})", "std::invalid_argument"},
              {"Process(nullptr, {.name = \"x\"})", "std::invalid_argument"}});
}

LAB_CHECK_F(ProcessCheck, Process, StartsOnlyOnce, .points = 1,
            .hint = "A process is started once in its life, even if that is over.",
            .title = "a second start() throws std::logic_error") {
  RunTelling({"start-twice"}, "Process p(work);\np.start();\np.start();  // throws\np.join();\np.start();  // throws",
             {{"start() while the child runs", "std::logic_error"},
              {"start() after join()", "std::logic_error"},
              {"run()", "called"}});
}

LAB_CHECK_F(
    ProcessCheck, Process, TellsThatThereIsNoProcess, .points = 1,
    .hint =
        "fork returns -1 and sets errno if there can be no process. That -1 is no pid: waitpid(-1) waits for any "
        "child.",
    .title = "start() throws std::system_error if the system gives no process") {
  RunTelling({"no-process"}, "setrlimit(RLIMIT_NPROC, /* none */);\n{\n  Process p(work);\n  p.start();  // throws\n}",
             {{"start()", "std::system_error"},
              {"is_alive()", "false"},
              {"exitcode()", "empty"},
              {"pid()", "empty"},
              {"a foreign zombie after the destructor is", "zombie"}});
}

LAB_CHECK_F(ProcessCheck, Process, ReadsNothingFromStandardInput, .points = 2,
            .hint = "Open /dev/null and dup2 it to 0, in the child: the input belongs to the parent.",
            .title = "/dev/null is the child's standard input, and the parent keeps its own") {
  const auto line = random().Name();
  const auto run =
      Run({.args = {"standard-input"},
           .input = line + "\n",
           .scenario = "Process p([] { read(0, ...); });\np.start();\np.join();\nstd::getline(std::cin, line);"});
  ASSERT_THAT(run, GoesThrough());
  ASSERT_THAT(run, Tells({{"read() of standard input in run()", "0"}, {"getchar() in run()", "-1"}}));
  EXPECT_THAT(run, Tells({{"standard input in run()", "/dev/null"}, {"the parent reads", line}}));
}

}  // namespace
}  // namespace grader::checks::lab04
