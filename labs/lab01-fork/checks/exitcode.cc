#include <fmt/format.h>

#include <csignal>
#include <cstring>

#include "grader/checks/vocabulary.h"

namespace grader::checks {
namespace {

// stdout but for the lines of the atexit handler, which a check of its own judges.
std::vector<std::string> Report(const Observation& run) {
  auto lines = Lines(run);
  std::erase_if(lines, [](const std::string& line) { return line.starts_with("atexit"); });
  return lines;
}

// The child really ended so: what is printed must be true.
RunMatcher ReportsTheEndOfItsChild(observe::ExitStatus status, const std::string& line) {
  return Judge(
      fmt::format("its child {}, and it prints `{}`",
                  status.signaled ? fmt::format("is killed by signal {}", status.code)
                                  : fmt::format("ends with {}", status.code),
                  line),
      [status, line](const Observation& run) -> std::optional<Problem> {
        if (run.processes.size() != 2) {
          return Problem{"it made " + Count(run.processes.size() - 1, "child", "children"), {}, {}};
        }
        const auto& child = run.processes[1];
        if (child.status != status) {
          return Problem{fmt::format("{} {} {}", Name(child),
                                     child.status && child.status->signaled ? "was killed by signal" : "ended with",
                                     child.status ? child.status->code : -1),
                         {},
                         PlaceOf(child.created_at)};
        }
        const auto report = Report(run);
        if (report == std::vector<std::string>{line}) return std::nullopt;
        return Problem{
            report.empty() ? "it printed nothing about its child" : "it printed something else", Bounded(report), {}};
      });
}

LAB_CHECK(Fork, ExitcodeTellsTheStatus, .points = 6,
          .hint = "waitpid's status is no exit code yet: look at it with WIFEXITED and WEXITSTATUS.",
          .title = "exitcode: it tells the child's exit code") {
  std::vector<int> codes = {
      0, 1, 127, 128, 255, static_cast<int>(random().Integer(2, 126)), static_cast<int>(random().Integer(129, 254))};
  for (const int code : codes) {
    const auto run = Run({"exitcode", std::to_string(code)});
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, ReportsTheEndOfItsChild({false, code}, fmt::format("exited {}", code)));
    ASSERT_THAT(run, ReapsEveryChild());
  }
}

// Every way to write a signal that kills by default (signal(7)); names as sigabbrev_np(3) has them. SIGPOLL is left
// out, which not all languages call so: it is SIGIO, too.
std::vector<std::string> DeadlySignals(Random& random) {
  std::vector<std::string> others;
  for (int number = 1; number < 32; ++number) {
    constexpr int kLeftOut[] = {SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGWINCH, SIGPOLL};
    if (std::ranges::find(kLeftOut, number) != std::end(kLeftOut)) continue;
    const std::string name = sigabbrev_np(number);
    if (name != "KILL" && name != "STKFLT") others.push_back(random.Integer(0, 1) == 0 ? name : "SIG" + name);
  }
  random.Shuffle(others);
  others.resize(5);
  others.insert(others.end(), {"KILL", "SIGKILL", "SIGSEGV", "TERM", "SIGUSR2", "PIPE"});
  return others;
}

int SignalNumber(const std::string& name) {
  for (int number = 1; number < 32; ++number) {
    const std::string abbreviation = sigabbrev_np(number);
    if (name == abbreviation || name == "SIG" + abbreviation) return number;
  }
  throw std::logic_error("no such signal: " + name);
}

LAB_CHECK(Fork, ExitcodeTellsTheSignal, .points = 6,
          .hint =
              "A killed child has no exit code: WIFSIGNALED and WTERMSIG tell the signal. sigabbrev_np(3) knows all "
              "names.",
          .title = "exitcode: it tells the signal that killed the child") {
  for (const auto& name : DeadlySignals(random())) {
    const auto run = Run({"exitcode", "signal", name});
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, ReportsTheEndOfItsChild({true, SignalNumber(name)}, "killed " + name));
  }
}

RunMatcher RunsItsHandlerInTheParentAlone() {
  return Judge("one line `atexit <pid>`, with the parent's pid", [](const Observation& run) -> std::optional<Problem> {
    std::vector<std::string> handled;
    for (const auto& line : Lines(run)) {
      if (line.starts_with("atexit")) handled.push_back(line);
    }
    if (handled == std::vector<std::string>{fmt::format("atexit {}", run.processes.at(0).pid)}) return std::nullopt;
    if (handled.empty()) return Problem{"no such line was printed", {}, {}};
    return Problem{"it printed " + Count(handled.size(), "such line", "such lines"), Bounded(handled), {}};
  });
}

LAB_CHECK(
    Fork, ExitcodeRunsAtexitInTheParentAlone, .points = 6,
    .hint = "A child that calls exit, or returns from main, runs the handlers it inherited. It must end with _exit.",
    .title = "exitcode: the atexit handler runs in the parent alone") {
  const auto code = std::to_string(random().Integer(1, 254));
  for (const auto& args :
       {std::vector<std::string>{"exitcode", code}, {"exitcode", "0"}, {"exitcode", "signal", "TERM"}}) {
    ForEachRun({.watched = 1, .native = 1}, {.args = args}, [](const Observation& run) {
      ASSERT_THAT(run, ExitsCleanly());
      EXPECT_THAT(run, RunsItsHandlerInTheParentAlone());
    });
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace grader::checks
