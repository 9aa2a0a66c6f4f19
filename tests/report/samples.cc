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

checks::Timeline ZombieTimeline() {
  using enum checks::Happening;
  using checks::LaneKind;
  checks::Timeline timeline;
  timeline.lanes = {{LaneKind::kProgram, "the program (process 2)", ""},
                    {LaneKind::kProcess, "process 3", "forked at reap.cpp:31"},
                    {LaneKind::kProcess, "process 4", "forked at reap.cpp:31"},
                    {LaneKind::kThread, "thread 5 of process 2", ""},
                    {LaneKind::kOutput, "standard output", ""}};
  const auto at = [](int milliseconds_passed) { return milliseconds(milliseconds_passed); };
  timeline.events = {{0, kBegins, -1, at(0), "", "", {}},
                     {1, kBegins, 0, at(1), "", "", {}},
                     {2, kBegins, 0, at(2), "", "", {}},
                     {3, kBegins, 0, at(3), "", "", {}},
                     {0, kBlocks, -1, at(4), "sleeps in pause()", "reap.cpp:40", {}},
                     {1, kExecs, -1, at(5), "/box/worker", "", {}},
                     {1, kEnds, -1, at(12), "exit status 0", "", {}},
                     {2, kDoes, 0, at(13), "kill(2, SIGUSR1)", "", {}},
                     {0, kGoesOn, -1, at(14), "", "", {}},
                     {4, kPrints, -1, at(15), "tick", "", {}},
                     {1, kReaped, 0, at(130), "waited for by its parent", "", {}},
                     {2, kEnds, -1, at(140), "killed by SIGSEGV", "", {}},
                     {3, kEnds, -1, at(150), "ends", "", {}},
                     {0, kBlocks, 2, at(151), "waits for its child process 4 to end", "reap.cpp:58", {}},
                     {0, kFails, -1, at(160), "it is deadlocked", "", {}}};
  return timeline;
}

checks::Timeline DeadlockTimeline() {
  using enum checks::Happening;
  using checks::LaneKind;
  checks::Timeline timeline;
  timeline.kind = checks::TimelineKind::kInterleaving;
  timeline.lanes = {{LaneKind::kThread, "the main thread", ""},
                    {LaneKind::kThread, "thread 1", "started at bank.cpp:50"},
                    {LaneKind::kThread, "thread 2", "started at bank.cpp:51"}};
  timeline.events = {{0, kDoes, -1, {}, "starts a thread", "bank.cpp:50", {}},
                     {0, kDoes, -1, {}, "starts a thread", "bank.cpp:51", {}},
                     {0, kBlocks, -1, {}, "joins thread, must wait", "bank.cpp:52", {}},
                     {1, kDoes, -1, {}, "begins", "", {}},
                     {1, kDoes, -1, {}, "locks mutex first", "bank.cpp:31", {}},
                     {2, kDoes, -1, {}, "begins", "", {}},
                     {2, kDoes, -1, {}, "locks mutex second", "bank.cpp:41", {}},
                     {2, kBlocks, -1, {}, "locks mutex first, must wait", "bank.cpp:42", {"mutex second"}},
                     {1, kBlocks, -1, {}, "locks mutex second, must wait", "bank.cpp:32", {"mutex first"}},
                     {1, kFails, -1, {}, "deadlock: thread 1 and thread 2 wait for each other", "", {}}};
  return timeline;
}

Grading WithPictures() {
  Grading grading = ZombieFailure();
  const auto fail = [](GradedCheck& check, Failure failure, checks::Timeline timeline) {
    check.verdict = Verdict::kFailed;
    check.result.status = CheckStatus::kFailed;
    check.result.points = 0;
    check.result.failures = {std::move(failure)};
    check.result.timeline = std::move(timeline);
  };
  grading.checks[4].result.timeline = ZombieTimeline();
  fail(grading.checks[1], {.expected = "it is right in every order", .happened = "deadlock", .run = "./bank 2"},
       DeadlockTimeline());
  grading.checks[1].result.replay = "1/abc";
  fail(grading.checks.back(), {.expected = "secret", .happened = "secret too", .facts = {"secret fact"}},
       ZombieTimeline());
  return grading;
}

ClassReport SampleClass() {
  const auto graded = [](const char* id, const char* name, const Grading& grading) {
    return ClassRow{.student = id,
                    .name = name,
                    .group = "g1",
                    .status = "graded",
                    .points = PointsOf(grading).earned,
                    .page = std::string("students/") + id + "/report.html",
                    .took = grading.elapsed,
                    .cells = CellsOf(grading, Audience::kInstructor)};
  };
  ClassReport report{.lab = "lab02-reap", .title = "Orphans, zombies and wait", .max = 40};
  report.rows = {graded("ada", "Ada Lovelace", AllPassed()),
                 graded("bob", "Bob", ZombieFailure()),
                 graded("cy", "", UntouchedSkeleton()),
                 {.student = "dan", .status = "refused", .note = "the archive is cut off", .points = 0},
                 {.student = "eve", .name = "Eve", .status = "missing", .points = 0},
                 {.student = "fay", .status = "fault", .note = "the grader or the machine failed"}};
  return report;
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
      check.result.sent = {bytes, bytes};
    }
    grading.checks.push_back(check);
  }
  grading.faults = {bytes};
  return grading;
}

}  // namespace grader::report
