// The end of a parent: of the program, of a child with children of its own, by whatever cause.
#include <fmt/format.h>

#include <csignal>

#include "facts.h"

namespace grader::checks::lab04 {
namespace {

class EndCheck : public ProcessCheck {
 protected:
  Observation RunToItsEnd(const std::string& how) {
    const auto status = Between(2, 255);
    auto run = RunScenario({"end", how, std::to_string(status)},
                           fmt::format("auto* p = new Process(work);  p->start();\n"
                                       "auto* d = new Process(for_ever, {{.daemon = true}});  d->start();\n{} {};",
                                       how, how == "exit" ? fmt::format("({})", status) : std::to_string(status)));
    EXPECT_THAT(run, ExitsWith(status));
    return run;
  }
};

LAB_CHECK_F(EndCheck, Process, ProgramsEndJoinsChildren, .points = 3,
            .hint =
                "atexit(3) registers what exit and a return from main shall do. Mind who calls it: only the "
                "process that has started them.",
            .title = "the program's end, by return or exit(), joins children that still run") {
  for (const std::string how : {"return", "exit"}) {
    const auto run = RunToItsEnd(how);
    if (HasFailure()) return;
    for (const std::string what : {"child", "zombie", "child of a static object", "child of a local object"}) {
      ASSERT_THAT(run, Joins(what));
    }
  }
}

LAB_CHECK_F(EndCheck, Process, ProgramsEndKillsDaemons, .points = 3,
            .hint = "SIGKILL, then waitpid. Waiting for a daemon's own end could last for ever.",
            .title = "the program's end, by return or exit(), kills and reaps daemons") {
  for (const std::string how : {"return", "exit"}) {
    const auto run = RunToItsEnd(how);
    if (HasFailure()) return;
    ASSERT_THAT(run, KillsAndReaps("first daemon"));
    ASSERT_THAT(run, KillsAndReaps("second daemon"));
    ASSERT_THAT(run, LeavesNoStray());
  }
}

// Before the outer child itself ends.
RunMatcher IsOverBeforeTheOuterChild(const std::string& what) {
  return JudgeAnyEnd(
      fmt::format("{} is over before the child that started it", what),
      [what](const Observation& run) -> std::optional<Problem> {
        const auto* const inner = ProcessTold(run, what);
        const auto* const outer = ProcessTold(run, "outer child");
        if (inner == nullptr || outer == nullptr) return Problem{"the run did not get so far", {}, {}};
        if (inner->parent == outer->index && inner->ended && outer->ended && *inner->ended < *outer->ended) {
          return std::nullopt;
        }
        return Problem{fmt::format("{} outlived it", Name(*inner)), {}, PlaceOf(inner->created_at)};
      });
}

LAB_CHECK_F(
    ProcessCheck, Process, AChildJoinsItsOwnChildren, .points = 3,
    .hint = "A child ends by _exit, which calls no handlers: when run() has ended, do yourself what exit would.",
    .title = "a child whose run() has ended joins its own children, and kills its daemons") {
  for (const std::string how : {"return", "throw"}) {
    const auto run =
        RunTelling({"nested", how},
                   fmt::format("Process p([] {{\n  (new Process(work))->start();\n  (new Process(for_ever, "
                               "{{.daemon = true}}))->start();{}\n}});\np.start();\np.join();",
                               how == "throw" ? "\n  throw error;" : ""),
                   {{"exitcode()", how == "throw" ? "1" : "0"}});
    if (HasFailure()) return;
    ASSERT_THAT(run, Joins("inner child"));
    ASSERT_THAT(run, KillsAndReaps("inner daemon"));
    ASSERT_THAT(run, IsOverBeforeTheOuterChild("inner child"));
    ASSERT_THAT(run, IsOverBeforeTheOuterChild("inner daemon"));
  }
}

LAB_CHECK_F(ProcessCheck, Process, AChildLeavesItsSiblingsAlone, .points = 2,
            .hint =
                "A child inherits your list of children, and your atexit handlers. Those in the list are its "
                "siblings.",
            .title = "a child's end does nothing to its parent's other children") {
  for (const std::string how : {"return", "exit", "throw"}) {
    RunTelling({"siblings", how},
               fmt::format("Process d(for_ever, {{.daemon = true}}), s(work);\nd.start(); s.start();\n"
                           "Process p([] {{ {} }});\np.start();\np.join();",
                           how == "return" ? ""
                           : how == "exit" ? "exit(0);"
                                           : "throw error;"),
               {{"the daemon is", "running"}, {"the sibling is", "running"}, {"exitcode() of the sibling", "0"}});
    if (HasFailure()) return;
  }
}

// Whether it has ended without the grader.
RunMatcher EndsWithIts(const std::string& parent, const std::vector<std::string>& daemons) {
  return JudgeAnyEnd(
      fmt::format("a daemon ends with its {}", parent), [daemons](const Observation& run) -> std::optional<Problem> {
        for (const auto& what : daemons) {
          const auto* const daemon = ProcessTold(run, what);
          if (daemon == nullptr) return Problem{"the run did not get so far", {}, {}};
          if (daemon->ended && !daemon->killed_by_grader) continue;
          return Problem{fmt::format("the {} lived on", what), {Name(*daemon)}, PlaceOf(daemon->created_at)};
        }
        return std::nullopt;
      });
}

LAB_CHECK_F(ProcessCheck, Process, DaemonsEndWithTheirParent, .points = 3,
            .hint =
                "Nothing of the program's runs any more when SIGKILL has ended it. prctl(2), PR_SET_PDEATHSIG; or "
                "a pipe whose other end only the parent holds.",
            .title = "daemons end with their parent, however it ends") {
  for (const std::string how : {"SIGKILL", "_exit(0)", "abort()"}) {
    const auto run =
        Run({.args = {"killed", how},
             .linger = 1s,
             .scenario = fmt::format("Process d(for_ever, {{.daemon = true}}), e(blocks_all_signals, {{.daemon = "
                                     "true}});\nd.start(); e.start();\n{};",
                                     how == "SIGKILL" ? "kill(getpid(), SIGKILL)" : how)});
    ASSERT_THAT(run, EndsWithIts("parent", {"daemon", "daemon that blocks all signals", "a daemon's daemon"}));
  }
}

RunMatcher LeavesNobodyRunning() {
  return JudgeAnyEnd("the daemon ends although its parent has died first",
                     [](const Observation& run) -> std::optional<Problem> {
                       if (!std::holds_alternative<observe::Signaled>(run.outcome)) {
                         return Problem{"the program " + observe::Describe(run.outcome), {}, {}};
                       }
                       for (const auto& process : run.processes) {
                         if (process.ended && !process.killed_by_grader) continue;
                         return Problem{"it lived on", {Name(process)}, PlaceOf(process.created_at)};
                       }
                       return std::nullopt;
                     });
}

LAB_CHECK_F(ProcessCheck, Process, DaemonsEndWithAParentThatDiesAtOnce, .points = 2,
            .hint =
                "The parent may die between fork and prctl, and then no signal will ever come. Who is your parent "
                "after prctl?",
            .title = "a daemon ends even if its parent dies before it has taken its first step") {
  const auto run =
      Run({.args = {"killed-at-birth"},
           .linger = 1s,
           .scenario = "Process d(for_ever, {.daemon = true});\nd.start();  // killed as soon as fork has returned"});
  EXPECT_THAT(run, LeavesNobodyRunning());
}

LAB_CHECK_F(ProcessCheck, Process, DaemonsEndWhereverTheirParentDies, .points = 2,
            .hint = "From which moment on does the daemon end with its parent? Who ends it before that?",
            .title = "no daemon is left, wherever in start() its parent is killed") {
  AtEachMoment({.mark = "parent", .most = 20},
               {.args = {"killed-in-start"},
                .linger = 1s,
                .scenario = "Process d(for_ever, {.daemon = true});\nd.start();\nkill(getpid(), SIGKILL);"},
               [](const Observation& run) { EXPECT_THAT(run, LeavesNobodyRunning()); });
}

}  // namespace
}  // namespace grader::checks::lab04
