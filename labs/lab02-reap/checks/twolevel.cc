// reap twolevel
#include <fmt/format.h>

#include <regex>

#include "family.h"

namespace grader::checks::lab02 {
namespace {

// What the line tells, and the processes it is about.
struct Family {
  const ProcessRecord* worker = nullptr;  // the process that the line names, a grandchild of P
  const ProcessRecord* father = nullptr;
  pid_t told_parent = 0;
  observe::Moment told_at;
};

// The family, or why there is none.
struct Finding {
  std::optional<Family> family;
  Problem problem;
};

Finding FindFamily(const Observation& run) {
  static const std::regex kLine("worker ([0-9]{1,9}) parent ([0-9]{1,9})");
  RequireLevel(run, TraceLevel::kLifecycle);
  const auto lines = Lines(run);
  std::smatch match;
  if (lines.size() != 1 || !std::regex_match(lines[0], match, kLine)) {
    return {{}, {lines.empty() ? "it printed nothing" : "it printed something else", Bounded(lines), {}}};
  }
  const auto pid = ParsePid(match[1]);
  const auto* worker = FindProcess(run, pid);
  if (worker == nullptr || worker->parent < 0) {
    return {{}, {fmt::format("there was no process {} below the program", pid), {}, {}}};
  }
  const auto* father = &run.processes.at(static_cast<std::size_t>(worker->parent));
  if (father->parent != 0) {
    return {{},
            {fmt::format("{} is no grandchild of the program", Name(*worker)),
             {fmt::format("it was created by {}", Name(*father))},
             PlaceOf(worker->created_at)}};
  }
  return {Family{worker, father, ParsePid(match[2]), run.lines.at(0).at}, {}};
}

using FamilyJudgement = std::function<std::optional<Problem>(const Observation&, const Family&)>;

RunMatcher JudgeFamily(std::string expected, FamilyJudgement judgement) {
  return Judge(std::move(expected), [judgement = std::move(judgement)](const Observation& run) {
    const auto finding = FindFamily(run);
    return finding.family ? judgement(run, *finding.family) : std::optional<Problem>(finding.problem);
  });
}

RunMatcher PrintsItsLineWhenAdopted() {
  return JudgeFamily(
      "a grandchild prints `worker <pid> parent <ppid>` when the program has reaped its father",
      [](const Observation& run, const Family& family) -> std::optional<Problem> {
        const auto& father = *family.father;
        const auto place = PlaceOf(father.created_at);
        if (family.told_parent == father.pid) {
          return Problem{"the worker's parent was still its father", {fmt::format("it is {}", Name(father))}, place};
        }
        const bool exists = family.told_parent == 1 || FindProcess(run, family.told_parent) != nullptr;
        if (!exists) return Problem{fmt::format("there is no process {}", family.told_parent), {}, {}};
        if (father.reaped_by != observe::ReapedBy::kParent) {
          return Problem{
              "the program did not wait for the worker's father", {fmt::format("it is {}", Name(father))}, place};
        }
        if (*father.reaped < family.told_at) return std::nullopt;
        return Problem{"the line came before the program had reaped the father",
                       {fmt::format("it came after {}; {} was reaped after {}", InWords(family.told_at.fair_time),
                                    Name(father), InWords(father.reaped->fair_time))},
                       place};
      });
}

LAB_CHECK_F(ReapCheck, Reap, TwolevelWorkerIsAdopted, .points = 6,
            .hint = "Let the worker wait until you have reaped its father; then tell it.",
            .title = "twolevel: the worker tells its parent when it has been adopted") {
  if (const auto reason = WhyAdopterIsUnknown(); !reason.empty()) return Skip(reason);
  ForEachRun({.watched = 3, .native = 0}, {.args = {"twolevel"}}, [](const Observation& run) {
    ASSERT_THAT(run, ExitsCleanly());
    EXPECT_THAT(run, PrintsItsLineWhenAdopted());
  });
  if (HasFailure()) return;
  UnderSchedules({"twolevel"}, {ExitsCleanly(), PrintsItsLineWhenAdopted()});
  if (HasFailure()) return;
  const auto run = RunNative({"twolevel"});
  ASSERT_THAT(run, ExitsCleanly());
  EXPECT_THAT(run, PrintsLinesThat("one line `worker <pid> parent <ppid>`",
                                   ElementsAre(MatchesRegex("worker [0-9]+ parent [0-9]+"))));
}

RunMatcher LivesOn() {
  return JudgeFamily("the worker lives on for a while after its line",
                     [](const Observation& run, const Family& family) -> std::optional<Problem> {
                       constexpr auto kWhile = 5ms;
                       const auto ended = family.worker->ended ? family.worker->ended->fair_time : run.ended.fair_time;
                       const auto lived = ended - family.told_at.fair_time;
                       if (lived >= kWhile) return std::nullopt;
                       return Problem{"it ended " + InWords(std::max(lived, std::chrono::microseconds(0))) + " later",
                                      {fmt::format("it is {}", Name(*family.worker))},
                                      PlaceOf(family.worker->created_at)};
                     });
}

LAB_CHECK_F(ReapCheck, Reap, TwolevelWorkerLivesOn, .points = 2,
            .hint = "The worker has work to do: let it live on for a moment, 50 ms or so.",
            .title = "twolevel: the worker lives on for a while") {
  ExpectInOneOf(
      3, [this] { return Run({"twolevel"}); }, LivesOn());
}

// A program that waits for something the worker does last, such as closing a pipe, may be a few instructions ahead.
RunMatcher EndsAfterTheWorker() {
  return JudgeFamily("the program ends after the worker",
                     [](const Observation& run, const Family& family) -> std::optional<Problem> {
                       constexpr auto kLastInstructions = 20ms;
                       const auto& worker = *family.worker;
                       const auto end = run.processes[0].ended.value_or(run.program_ended);
                       if (worker.killed_by_grader) {
                         return Problem{"the worker still ran when the program had ended",
                                        {Name(worker) + " had to be killed"},
                                        PlaceOf(worker.created_at)};
                       }
                       if (!worker.ended || *worker.ended < end) return std::nullopt;
                       const auto ahead = worker.ended->fair_time - end.fair_time;
                       if (ahead <= kLastInstructions) return std::nullopt;
                       return Problem{fmt::format("the worker ended {} after the program", InWords(ahead)),
                                      {fmt::format("it is {}", Name(worker))},
                                      PlaceOf(worker.created_at)};
                     });
}

LAB_CHECK_F(ReapCheck, Reap, TwolevelProgramEndsAfterTheWorker, .points = 3,
            .hint =
                "You cannot wait for a grandchild with waitpid: a pipe it holds open, or a pidfd, tells you when it "
                "has ended.",
            .title = "twolevel: the program ends after the worker") {
  ExpectInOneOf(
      3, [this] { return Run({"twolevel"}); }, EndsAfterTheWorker());
}

RunMatcher LeavesNeitherAZombie() {
  return JudgeFamily("neither the father nor the worker is left a zombie",
                     [](const Observation& run, const Family& family) -> std::optional<Problem> {
                       const auto& father = *family.father;
                       if (father.reaped_by != observe::ReapedBy::kParent) {
                         return Problem{"the program did not wait for the father",
                                        {fmt::format("it is {}", Name(father))},
                                        PlaceOf(father.created_at)};
                       }
                       const auto& worker = *family.worker;
                       const bool own = family.told_parent == run.processes[0].pid;
                       if (!own || worker.reaping_thread) return std::nullopt;
                       return Problem{"the program adopted the worker, but did not wait for it",
                                      {fmt::format("it is {}", Name(worker))},
                                      PlaceOf(worker.created_at)};
                     });
}

LAB_CHECK_F(ReapCheck, Reap, TwolevelLeavesNobodyAZombie, .points = 3,
            .hint = "Reap the father; the adopter reaps the worker.", .title = "twolevel: nobody is left a zombie") {
  const auto run = Run({"twolevel"});
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run, LeavesNeitherAZombie());
  EXPECT_THAT(run, LeavesNoZombie());
}

}  // namespace
}  // namespace grader::checks::lab02
