// The end of a child: exit codes, is_alive(), terminate().
#include <fmt/format.h>
#include <sys/syscall.h>

#include <csignal>

#include "facts.h"

namespace grader::checks::lab04 {
namespace {

// A way for run() to end, and what exitcode() must then say.
struct Way {
  std::string how;
  int number = 0;
  std::string Code() const { return std::to_string(how == "signal" ? -number : number); }
  std::string Name() const { return how == "return" ? how : fmt::format("{}({})", how, number); }
};

class CodeCheck : public ProcessCheck {
 protected:
  void TellsTheCodes(const std::vector<Way>& ways) {
    std::vector<std::string> args{"codes"};
    std::vector<Fact> facts;
    std::string text;
    for (const auto& way : ways) {
      args.insert(args.end(), {way.how, std::to_string(way.number)});
      facts.push_back({way.Name() + ": exitcode() while it runs", "empty"});
      facts.push_back({way.Name() + ": exitcode()", way.Code()});
      text += fmt::format("{}Process p([] {{ {}; }});", text.empty() ? "" : "\n",
                          way.how == "signal" ? fmt::format("kill(getpid(), {})", way.number) : way.Name());
    }
    const auto run = RunTelling(std::move(args), text + "\np.start(); p.exitcode(); p.join(); p.exitcode();", facts);
    for (const auto& way : ways) {
      if (HasFailure()) return;
      EXPECT_THAT(run, Reaps(way.Name() + ": pid()"));
    }
  }
};

LAB_CHECK_F(CodeCheck, Process, TellsTheExitCode, .points = 2,
            .hint = "waitpid's status is no exit code yet: WIFEXITED and WEXITSTATUS take it out.",
            .title = "exitcode() is empty, then 0 to 255 as run() ended") {
  TellsTheCodes({{"return"}, {"exit", Between(2, 100)}, {"_exit", Between(128, 254)}, {"exit", 255}, {"_exit", 1}});
}

LAB_CHECK_F(CodeCheck, Process, TellsTheSignal, .points = 2,
            .hint = "WIFSIGNALED and WTERMSIG. WIFEXITED is false for a child that a signal has killed.",
            .title = "exitcode() is -n if signal n killed the child") {
  TellsTheCodes({{"signal", SIGKILL},
                 {"signal", SIGABRT},
                 {"signal", random().Pick<int>({SIGUSR1, SIGUSR2, SIGALRM, SIGHUP})},
                 {"signal", random().Pick<int>({SIGSEGV, SIGFPE, SIGILL})},
                 {"signal", Between(40, 60)}});
}

LAB_CHECK_F(ProcessCheck, Process, KnowsThatAZombieHasEnded, .points = 3,
            .hint =
                "A zombie still has its pid. Let each of these calls look, by waitpid with WNOHANG, and remember "
                "what it found.",
            .title = "is_alive() and exitcode() look for themselves, in any order, and remember") {
  std::vector<std::string> questions{"is_alive()", "exitcode()", "join(0ns)", "terminate()"};
  for (std::size_t first = 0; first < questions.size(); ++first) {
    std::rotate(questions.begin(), questions.begin() + 1, questions.end());
    const auto code = std::to_string(Between(2, 255));
    std::vector<std::string> args{"zombie", code};
    args.insert(args.end(), questions.begin(), questions.end());
    std::vector<Fact> facts{{"is_alive() before start()", "false"},
                            {"is_alive() while it runs", "true"},
                            {"exitcode() while it runs", "empty"},
                            {"the child after join() is", "reaped"}};
    for (const std::string when : {" of a zombie", " after join()"}) {
      facts.push_back({"is_alive()" + when, "false"});
      facts.push_back({"exitcode()" + when, code});
      facts.push_back({"join(0ns)" + when, "true"});
    }
    RunTelling(std::move(args),
               fmt::format("Process p([] {{ _exit({}); }});\np.start();\n/* until it is a zombie */\n"
                           "p.{}; p.{}; p.{}; p.{};\np.join();",
                           code, questions[0], questions[1], questions[2], questions[3]),
               facts);
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(ProcessCheck, Process, AStoppedChildHasNotEnded, .points = 2,
            .hint = "waitpid reports a stopped child only if WUNTRACED asks for it.",
            .title = "a stopped child is alive, and join() waits for its end") {
  const auto code = std::to_string(Between(2, 255));
  RunTelling({"stopped", code},
             fmt::format("Process p([] {{ raise(SIGSTOP); _exit({}); }});\np.start();\n/* until it is stopped */\n"
                         "p.is_alive(); p.exitcode(); p.join(1ms);\n/* SIGCONT comes in a while */\np.join();",
                         code),
             {{"is_alive() of a stopped child", "true"},
              {"exitcode() of a stopped child", "empty"},
              {"join(1ms) of a stopped child", "false"},
              {"exitcode() after join()", code}});
}

LAB_CHECK_F(ProcessCheck, Process, TerminateSendsSigterm, .points = 1, .hint = "kill(2) with SIGTERM.",
            .title = "terminate() sends SIGTERM") {
  const auto run =
      RunTelling({"terminate"}, "Process p([] { sleep_for_ever(); });\np.start();\np.terminate();\np.join();",
                 {{"exitcode()", std::to_string(-SIGTERM)}});
  if (HasFailure()) return;
  EXPECT_THAT(run, Reaps("pid()"));
}

LAB_CHECK_F(ProcessCheck, Process, TerminateDoesNotWait, .points = 1,
            .hint = "A child may handle SIGTERM and live on. join() waits, terminate() does not.",
            .title = "terminate() does not wait, and sends the signal once") {
  const auto code = Between(2, 200);
  RunTelling({"terminate-returns", std::to_string(code)},
             "signal(SIGTERM, handler);  // in the child, which then waits for the parent's word\n"
             "p.terminate();\n/* give the word */\np.join();",
             {{"is_alive() after terminate()", "true"}, {"exitcode()", std::to_string(code + 1)}});
}

RunMatcher SignalsNobodyElse() {
  return JudgeAnyEnd("no signal is sent to the pid of a child that has been reaped",
                     [](const Observation& run) -> std::optional<Problem> {
                       const auto* const child = ProcessTold(run, "pid()");
                       if (child == nullptr || !child->reaped) return Problem{"the child was never reaped", {}, {}};
                       for (const auto& call : run.calls) {
                         const bool sends = (call.number == SYS_kill || call.number == SYS_tkill) &&
                                            static_cast<pid_t>(call.arguments[0]) == child->pid &&
                                            call.arguments[1] != 0;
                         if (!sends || call.at < *child->reaped) continue;
                         return Problem{"one was sent", {"the kernel may have given the pid to another process"}, {}};
                       }
                       return std::nullopt;
                     });
}

LAB_CHECK_F(ProcessCheck, Process, TerminateLeavesTheDeadAlone, .points = 2,
            .hint = "As soon as a child is reaped, its pid may be another process's.",
            .title = "terminate() does nothing once the child has ended") {
  const auto code = std::to_string(Between(2, 255));
  const auto run =
      RunTelling({"terminate-ended", code},
                 "Process p(work);\np.start();\n/* until it is a zombie */\np.terminate();\np.join();\np.terminate();",
                 {{"terminate() of a zombie", "nothing thrown"},
                  {"terminate() after join()", "nothing thrown"},
                  {"exitcode()", code}});
  if (HasFailure()) return;
  EXPECT_THAT(run, SignalsNobodyElse());
}

}  // namespace
}  // namespace grader::checks::lab04
