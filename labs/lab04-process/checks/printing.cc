// What is printed, by whom, and how often.
#include <fmt/format.h>

#include "facts.h"

namespace grader::checks::lab04 {
namespace {

LAB_CHECK_F(ProcessCheck, Process, WritesOutWhatRunPrinted, .points = 2,
            .hint = "_exit writes nothing out: flush std::cout, and stdio (fflush), before it.",
            .title = "what run() printed is written out when it returns") {
  for (const std::string mode : {"synced", "unsynced"}) {
    const auto first = random().Name();
    const auto second = random().Name();
    RunTelling({"printed", mode, first, second},
               fmt::format("{}Process p([] {{ std::cout << \"{}\\n\"; printf(\"{}\\n\"); }});\np.start();\np.join();",
                           mode == "unsynced" ? "std::ios::sync_with_stdio(false);\n" : "", first, second),
               {{"std::cout in run()", first}, {"printf in run()", second}});
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(ProcessCheck, Process, PrintsTheParentsBufferOnce, .points = 3,
            .hint = "fork copies the buffers too. Write them out before it: std::cout.flush() and fflush(nullptr).",
            .title = "output that was buffered at start() appears once") {
  for (const std::string mode : {"synced", "unsynced"}) {
    for (const std::string how : {"return", "exit", "throw"}) {
      const auto words = std::vector{random().Name(), random().Name(), random().Name()};
      RunTelling(
          {"buffered", mode, how, words[0], words[1], words[2]},
          fmt::format("{}std::cout << \"{}\\n\"; printf(\"{}\\n\"); fprintf(file, \"{}\\n\");\n"
                      "Process p([] {{ {} }});\np.start();\np.join();",
                      mode == "unsynced" ? "std::ios::sync_with_stdio(false);\n" : "", words[0], words[1], words[2],
                      how == "return" ? ""
                      : how == "exit" ? "exit(0);"
                                      : "throw error;"),
          {{"std::cout before start()", words[0]},
           {"printf before start()", words[1]},
           {"fprintf before start()", words[2]}});
      if (HasFailure()) return;
    }
  }
}

LAB_CHECK_F(ProcessCheck, Process, NothingElseHappensInTheChild, .points = 3,
            .hint = "_exit ends a process without atexit handlers and destructors of globals; exit does not.",
            .title = "nothing else of the parent's happens in the child") {
  for (const std::string how : {"return", "throw", "_exit"}) {
    const auto run = RunScenario({"nothing-else", how},
                                 fmt::format("atexit(handler);\nProcess p([] {{ {} }});\np.start();\np.join();",
                                             how == "return"  ? ""
                                             : how == "throw" ? "throw error;"
                                                              : "_exit(0);"));
    ASSERT_THAT(run, GoesThrough());
    const auto program = std::to_string(run.processes.at(0).pid);
    ASSERT_THAT(run, Tells({{"code after start() in", program},
                            {"atexit handler in", program},
                            {"destructor of a global in", program},
                            {"destructor of a local in", program}}));
  }
}

RunMatcher PrintsOnStandardError(const std::string& wanted) {
  return JudgeAnyEnd(
      fmt::format("the child prints `{}` on standard error, once", wanted),
      [wanted](const Observation& run) -> std::optional<Problem> {
        const auto text = run.err.text();
        const auto at = text.find(wanted);
        if (at != text.npos && text.find(wanted, at + 1) == text.npos) return std::nullopt;
        return Problem{at == text.npos ? "it did not" : "it printed it more than once", Bounded(SplitLines(text)), {}};
      });
}

LAB_CHECK_F(ProcessCheck, Process, ReportsAnException, .points = 2,
            .hint = "Catch what leaves run(), in the child: std::exception, and everything else too.",
            .title = "an exception that leaves run() is reported, and ends the child with 1") {
  const auto name = random().Name();
  const auto what = random().Name() + " 100%d " + random().Name();
  const auto run = RunTelling(
      {"exception", name, what},
      fmt::format("Process p([] {{ throw std::runtime_error(\"{}\"); }}, {{.name = \"{}\"}});\np.start();\np.join();",
                  what, name),
      {{"exitcode()", "1"}});
  if (HasFailure()) return;
  ASSERT_THAT(run, PrintsOnStandardError(fmt::format("Exception in process {}: {}\n", name, what)));
  const auto other = RunTelling({"no-std-exception", name}, "Process p([] { throw 42; });\np.start();\np.join();",
                                {{"exitcode()", "1"}});
  if (HasFailure()) return;
  EXPECT_THAT(other, PrintsOnStandardError(fmt::format("Exception in process {}:", name)));
}

}  // namespace
}  // namespace grader::checks::lab04
