// What belongs to whom: attributes, subclasses, destructors, foreign children, other processes.
#include <fmt/format.h>

#include "facts.h"

namespace grader::checks::lab04 {
namespace {

LAB_CHECK_F(ProcessCheck, Process, NamesThoseWithoutAName, .points = 2,
            .hint = "Count only the processes that were given no name, subclasses among them.",
            .title = "names: as given, else Process-1, Process-2, ...") {
  const auto first = random().Name();
  const auto second = random().Name();
  RunTelling(
      {"names", first, second},
      fmt::format("Process a(f), b(f, {{.name = \"{}\"}}), c(f);\nSubclass d, e({{.name = \"{}\"}});\nProcess g(f);",
                  first, second),
      {{"name() of the 1st without a name", "Process-1"},
       {"name() of the 1st with a name", first},
       {"name() of the 2nd without a name", "Process-2"},
       {"name() of the 3rd without a name", "Process-3"},
       {"name() of the 2nd with a name", second},
       {"name() of the 4th without a name", "Process-4"},
       {"name() in run()", "Process-4"},
       {"name() after join()", "Process-4"}});
}

LAB_CHECK_F(ProcessCheck, Process, DaemonIsSetBeforeStart, .points = 2,
            .hint = "set_daemon() after start() would come too late.",
            .title = "daemon() is as set, and set_daemon() throws after start()") {
  RunTelling({"daemon-flag"}, "p.set_daemon(true); p.set_daemon(false);\np.start();\np.set_daemon(true);  // throws",
             {{"daemon() by default", "false"},
              {"daemon() after set_daemon(true)", "true"},
              {"daemon() after set_daemon(false)", "false"},
              {"set_daemon(true) after start()", "std::logic_error"},
              {"set_daemon(true) after join()", "std::logic_error"},
              {"daemon() at last", "false"},
              {"daemon() with {.daemon = true}", "true"},
              {"daemon() of a subclass with {.daemon = true}", "true"}});
}

LAB_CHECK_F(ProcessCheck, Process, SubclassesOverrideRun, .points = 3,
            .hint = "start() calls run(), and only Process::run() calls the target. In the child, pid() is its own.",
            .title = "a subclass overrides run(); Process::run() calls the target, if there is one") {
  const auto left = Between(1000, 9999);
  const auto right = Between(1000, 9999);
  const auto run = RunTelling({"subclass", std::to_string(left), std::to_string(right)},
                              fmt::format("class Adder : public Process {{\n  void run() override {{ say({} + {}); "
                                          "Process::run(); }}\n}};",
                                          left, right),
                              {{"sum", std::to_string(left + right)},
                               {"target", "called"},
                               {"exitcode()", "0"},
                               {"Process::run() without a target", "returned"},
                               {"exitcode() of the one without a target", "0"},
                               {"exitcode() of the one with neither run() nor target", "0"}});
  if (HasFailure()) return;
  EXPECT_THAT(run, Tells({{"pid() in run()", ValuesOf(run, "pid()").at(0)},
                          {"destructor of the subclass in", std::to_string(run.processes.at(0).pid)}}));
}

LAB_CHECK_F(ProcessCheck, Process, DestructorJoins, .points = 2, .hint = "The destructor waits, and reaps.",
            .title = "the destructor joins a child that still runs") {
  const auto run = RunTelling({"destructor"}, "{\n  Process p([] { usleep(30'000); });\n  p.start();\n}",
                              {{"the child after the destructor is", "reaped"}});
  if (HasFailure()) return;
  EXPECT_THAT(run, Joins("pid()"));
}

LAB_CHECK_F(ProcessCheck, Process, DestructorKillsADaemon, .points = 2,
            .hint = "SIGTERM can be ignored, SIGKILL cannot. And a killed child is a zombie until it is reaped.",
            .title = "the destructor kills and reaps a daemon that still runs") {
  for (const std::string how : {"constructor", "set_daemon"}) {
    const auto run =
        RunTelling({"daemon-destructor", how},
                   how == "constructor"
                       ? "signal(SIGTERM, SIG_IGN);\n{\n  Process p(for_ever, {.daemon = true});\n  p.start();\n}"
                       : "signal(SIGTERM, SIG_IGN);\n{\n  Process p(for_ever);\n  p.set_daemon(true);\n  p.start();\n}",
                   {{"the daemon after the destructor is", "reaped"}});
    if (HasFailure()) return;
    ASSERT_THAT(run, KillsAndReaps("pid()"));
  }
}

LAB_CHECK_F(ProcessCheck, Process, DestructorDoesNothingElsewhere, .points = 2,
            .hint = "A child has copies of all the parent's objects. Remember getpid() in the constructor.",
            .title = "the destructor does nothing in another process") {
  const auto run = RunTelling(
      {"destructor-elsewhere"},
      "auto* d = new Process(for_ever, {.daemon = true});\nauto* s = new Process(work);\n"
      "d->start(); s->start();\nProcess p([=] { delete d; delete s; });\np.start();\np.join();",
      {{"the destructors in the child", "returned"}, {"the daemon is", "running"}, {"the sibling is", "running"}});
  if (HasFailure()) return;
  EXPECT_THAT(run, LeavesNothingBehind());
}

LAB_CHECK_F(ProcessCheck, Process, RefusesCallsFromElsewhere, .points = 3,
            .hint = "Compare getpid() with what it was in the constructor, before anything else.",
            .title = "start(), join() and terminate() throw std::logic_error in another process") {
  std::vector<Fact> facts{{"join() of itself", "std::logic_error"},
                          {"join(0ns) of itself", "std::logic_error"},
                          {"terminate() of itself", "std::logic_error"},
                          {"exitcode()", "0"},
                          {"the other child is", "running"},
                          {"its exitcode()", "0"}};
  for (const std::string where : {"in another child", "in a process forked by hand"}) {
    for (const std::string call : {"start()", "join()", "join(1ms)", "join(0ns)", "terminate()"}) {
      facts.push_back({call + " " + where, "std::logic_error"});
    }
  }
  RunTelling(
      {"elsewhere"},
      "Process never(work), started(work);\nstarted.start();\n"
      "Process p([&] { never.start(); started.join(); started.terminate(); });  // each throws\np.start();\np.join();",
      facts);
}

RunMatcher LeavesForeignChildrenAlone() {
  return JudgeAnyEnd("children that this class has not started are never waited for",
                     [](const Observation& run) -> std::optional<Problem> {
                       for (const std::string what : {"foreign zombie", "foreign child"}) {
                         const auto* const process = ProcessTold(run, what);
                         if (process == nullptr) return Problem{"the run did not get so far", {}, {}};
                         if (process->reaped_by != observe::ReapedBy::kParent) continue;
                         return Problem{fmt::format("the {} was reaped", what), {}, {}};
                       }
                       return std::nullopt;
                     });
}

LAB_CHECK_F(ProcessCheck, Process, LeavesForeignChildrenAlone, .points = 3,
            .hint = "waitpid(-1) and wait() take any child; waitpid(pid) takes yours.",
            .title = "a child that this class has not started is never reaped") {
  const auto run =
      RunTelling({"foreign", std::to_string(Between(2, 255))},
                 "if (fork() == 0) _exit(7);            // a zombie that is the program's own business\n"
                 "if (fork() == 0) wait_for_its_end();  // and a child that lives longer than the program\n"
                 "Process p(work), q(work), d(for_ever, {.daemon = true});\n"
                 "/* start, look, join with and without time-out, destroy, and let the program end */",
                 {{"the foreign zombie is", "zombie"}, {"the foreign child is", "running"}, {"exitcode()", "0"}});
  if (HasFailure()) return;
  EXPECT_THAT(run, lab04::LeavesForeignChildrenAlone());
}

LAB_CHECK_F(ProcessCheck, Process, LeaksNoDescriptors, .points = 1,
            .hint = "Close what you have opened, at the latest in the destructor.",
            .title = "open descriptors do not grow with work") {
  const auto run = RunTelling(
      {"cycles", "6", "60"},
      "for (int i = 0; i < 60; ++i) {\n  Process p(work);\n  p.start();\n  p.join(1ms);\n  p.join();\n}", {});
  if (HasFailure()) return;
  ASSERT_THAT(run, LeavesNothingBehind());
  const auto few = ValuesOf(run, "descriptors after few");
  const auto many = ValuesOf(run, "descriptors after many");
  ASSERT_THAT(few, SizeIs(1)) << "how often the descriptors were counted";
  EXPECT_EQ(many, few) << "descriptors open after 60 processes, and after 6";
}

LAB_QUIZ();

}  // namespace
}  // namespace grader::checks::lab04
