#include "tests/report/samples.h"

#include <fmt/format.h>

#include <utility>

namespace grader::report {
namespace {

using checks::BuildReport;
using checks::CheckInfo;
using checks::CheckResult;
using checks::CheckStatus;
using checks::Failure;
using std::chrono::milliseconds;

constexpr std::uint64_t kSeed = 4711;

CheckInfo Info(std::string id, std::string title, double points, std::string hint = "") {
  return {.id = std::move(id),
          .title = std::move(title),
          .points = points,
          .hint = std::move(hint),
          .file = "labs/lab02-reap/checks/reap.cc",
          .line = 40};
}

checks::Started SampleStart() {
  return {.lab = "lab02-reap", .seed = kSeed, .isolation = "full", .checks = SampleChecks()};
}

BuildReport GoodBuild() { return {.program = "reap", .ok = true, .took = milliseconds(1432)}; }

// Grades with the results that `decide` gives for each check.
template <typename Decide>
Grading Graded(const BuildReport& build, Decide decide) {
  GradingBuilder builder(SampleSubject());
  builder.Add(SampleStart());
  builder.Add(build);
  for (const CheckInfo& info : SampleChecks()) {
    builder.Add(checks::CheckStarted{info.id});
    builder.Add(decide(info));
  }
  builder.Add(checks::Finished{});
  return std::move(builder).Finish(milliseconds(3204));
}

CheckResult Fail(const CheckInfo& info, Failure failure) {
  return {.id = info.id, .status = CheckStatus::kFailed, .failures = {std::move(failure)}, .took = milliseconds(212)};
}

Failure ZombieSeen() {
  return {.expected = "every child is reaped within 100 ms of its end",
          .happened = "3 of 50 children were never waited for",
          .facts = {"process 7 (forked at reap.cpp:31) ended with status 0 after 12 ms and was never waited for",
                    "process 19 (forked at reap.cpp:31) ended with status 0 after 12 ms and was never waited for",
                    "process 42 (forked at reap.cpp:31) ended with status 0 after 13 ms and was never waited for"},
          .run = "./reap nohang 50",
          .location = "reap.cpp:31"};
}

}  // namespace

Subject SampleSubject() {
  using namespace std::chrono;
  return {.lab = "lab02-reap",
          .title = "Orphans, zombies and wait",
          .submission = "skeletons/lab02-reap",
          .command = "./grade lab2 skeletons/lab02-reap",
          .version = "0.1.0",
          .machine = {.host = "desk", .system = "Debian GNU/Linux 12 (bookworm)", .kernel = "6.1.0", .processors = 2},
          .started = sys_days{2026y / November / 23} + 16h + 13min + 26s + 123ms};
}

std::vector<CheckInfo> SampleChecks() {
  std::vector<CheckInfo> infos = {
      Info("Waitall.PrintsEveryChildOnce", "prints every child once", 3),
      Info("Waitall.PrintsInTheOrderOfEnding", "prints in the order of ending", 4,
           "waitpid(-1, ...) returns whichever child has ended; do not wait for them one by one."),
      Info("Waitall.LeavesNoZombie", "leaves no zombie after waitall", 3),
      Info("Nohang.Ticks", "ticks every 10 ms", 4),
      Info("Nohang.LeavesNoZombieInABurst", "leaves no zombie in a burst", 10,
           "One SIGCHLD can stand for many children: loop waitpid until it returns 0."),
      Info("Nohang.StopsTickingWhenAllAreReaped", "stops ticking when all are reaped", 2),
      Info("Twolevel.WorkerIsAdopted", "the worker is adopted", 3),
      Info("Twolevel.FatherIsReaped", "the father is reaped by the program", 2),
      Info("Ignore.PrintsDone", "prints done when all are gone", 2),
      Info("Orphan.SeesItsParentChange", "the orphan sees its parent change", 3),
      Info("Usage.PrintsOneLineToStderr", "a usage error is one line on stderr", 1),
      Info("Quiz.Answers", "answers the quiz", 2),
      Info("Nohang.SurvivesAStorm", "survives a storm of signals", 1, "Look at sigaction's flags."),
  };
  infos[5].needs = {"Nohang.LeavesNoZombieInABurst"};
  infos.back().visibility = checks::Visibility::kHidden;
  return infos;
}

CheckResult Pass(const CheckInfo& info) {
  return {.id = info.id, .status = CheckStatus::kPassed, .points = info.points, .took = milliseconds(131)};
}

Grading AllPassed() { return Graded(GoodBuild(), Pass); }

Grading ZombieFailure() {
  return Graded(GoodBuild(), [](const CheckInfo& info) {
    if (info.id == "Nohang.LeavesNoZombieInABurst") {
      CheckResult result = Fail(info, ZombieSeen());
      result.output = "tick\ntick\ntick\ntick\ntick\ntick\ntick\ntick\n";
      return result;
    }
    if (info.id == "Nohang.StopsTickingWhenAllAreReaped") {
      return CheckResult{.id = info.id,
                         .status = CheckStatus::kSkipped,
                         .reason = "it needs \"leaves no zombie in a burst\", which did not pass"};
    }
    return Pass(info);
  });
}

Grading CompileError() {
  const BuildReport build = {.program = "reap",
                             .summary = "reap.cpp does not compile: 2 errors",
                             .messages =
                                 "reap.cpp: In function 'int main(int, char**)':\n"
                                 "reap.cpp:31:17: error: 'waitpit' was not declared in this scope; did you "
                                 "mean 'waitpid'?\n"
                                 "   31 |   while ((pid = waitpit(-1, &status, WNOHANG)) > 0) {\n"
                                 "      |                 ^~~~~~~\n"
                                 "      |                 waitpid\n"
                                 "reap.cpp:40:3: error: expected '}' at end of input\n"
                                 "   40 | }\n"
                                 "      |  ^\n",
                             .took = milliseconds(611)};
  return Graded(build, [&](const CheckInfo& info) {
    if (info.id == "Quiz.Answers") {
      return Pass(info);
    }
    return Fail(info, {.expected = "the program builds", .happened = build.summary});
  });
}

Grading UntouchedSkeleton() {
  return Graded(GoodBuild(), [](const CheckInfo& info) {
    std::string mode = info.id.substr(0, info.id.find('.'));
    if (mode == "Usage") {
      return Pass(info);
    }
    if (mode == "Quiz") {
      return Fail(info, {.expected = "an answer to each of 6 questions", .happened = "none of them is answered"});
    }
    mode.front() = static_cast<char>(mode.front() - 'A' + 'a');
    CheckResult result = Fail(info, {.expected = "the program ends with status 0",
                                     .happened = "it ended with status 1",
                                     .run = "./reap " + mode + " " + std::to_string(info.id.size())});
    result.output = "--- stderr ---\nreap: " + mode + " is not written yet\n";
    return result;
  });
}

Grading GraderFault() {
  return Graded(GoodBuild(), [](const CheckInfo& info) {
    if (info.id == "Nohang.Ticks") {
      return CheckResult{.id = info.id,
                         .status = CheckStatus::kFault,
                         .reason = "mkdir /sys/fs/cgroup/memory/grade-7: No space left on device"};
    }
    return Pass(info);
  });
}

Grading OnlyOneAsked() {
  Subject subject = SampleSubject();
  subject.only = {"Nohang.Ticks"};
  GradingBuilder builder(subject);
  builder.Add(SampleStart());
  builder.Add(GoodBuild());
  builder.Add(Pass(SampleChecks()[3]));
  builder.Add(checks::Finished{});
  return std::move(builder).Finish(milliseconds(1700));
}

Grading FilledWith(const std::string& bytes) {
  const Failure failure = {bytes, bytes, {bytes, bytes}, bytes, bytes};
  Grading grading;
  grading.subject = {bytes, bytes, bytes, bytes, {bytes}, bytes, {bytes, bytes, bytes, 2}, SampleSubject().started};
  grading.seed = kSeed;
  grading.isolation = bytes;
  grading.builds = {{bytes, false, false, bytes, bytes, milliseconds(1)}, {bytes, true, true, bytes, bytes, {}}};
  for (const Verdict verdict :
       {Verdict::kPassed, Verdict::kFailed, Verdict::kSkipped, Verdict::kFault, Verdict::kLeftOut}) {
    GradedCheck check;
    check.info = {bytes, bytes, 1, bytes, checks::Visibility::kVisible, {bytes}, bytes, 1};
    check.verdict = verdict;
    check.result = {bytes, CheckStatus::kFailed, 0, {}, bytes, bytes, milliseconds(1)};
    if (verdict == Verdict::kFailed) {
      check.result.failures = {failure, failure};
    }
    grading.checks.push_back(check);
  }
  grading.faults = {bytes};
  return grading;
}

}  // namespace grader::report
