#include "grader/checks/judge.h"

#include <stdexcept>
#include <utility>

#include "grader/checks/errors.h"
#include "grader/checks/failure_text.h"
#include "grader/checks/outcome_hint.h"
#include "grader/checks/printing.h"
#include "grader/checks/run_timeline.h"

namespace grader::checks {
namespace {

using observe::Observation;

enum class Ends { kByItself, kByItselfOrStopped, kAny };

std::optional<Problem> ProblemOfEnd(const Observation& run, Ends ends) {
  if (ends == Ends::kAny) return std::nullopt;
  if (ends == Ends::kByItselfOrStopped && std::holds_alternative<observe::Stopped>(run.outcome)) return std::nullopt;
  return ProblemOfOutcome(run);
}

class JudgeMatcher : public ::testing::MatcherInterface<const Observation&> {
 public:
  JudgeMatcher(std::string expected, Judgement judgement, Ends ends)
      : expected_(std::move(expected)), judgement_(std::move(judgement)), ends_(ends) {}

  bool MatchAndExplain(const Observation& run, ::testing::MatchResultListener* listener) const override {
    if (const auto* fault = std::get_if<observe::GraderFault>(&run.outcome)) throw GraderFaultError(fault->what);
    auto problem = ProblemOfEnd(run, ends_);
    if (!problem) problem = judgement_(run);
    if (!problem) return true;
    const Failure failure{expected_,        problem->happened, problem->facts,
                          CommandLine(run), problem->location, problem->hint};
    if (listener->IsInterested()) *listener << EncodeFailure({failure, OutputOf(run), TimelineOf(run)});
    return false;
  }

  void DescribeTo(std::ostream* out) const override { *out << expected_; }

 private:
  std::string expected_;
  Judgement judgement_;
  Ends ends_;
};

RunMatcher Make(std::string expected, Judgement judgement, Ends ends) {
  return RunMatcher(new JudgeMatcher(std::move(expected), std::move(judgement), ends));  // Matcher owns it
}

std::string NameOfTask(const Observation& run, int process_index, pid_t tid) {
  if (process_index < 0 || static_cast<std::size_t>(process_index) >= run.processes.size()) return "a thread";
  const auto& process = run.processes[static_cast<std::size_t>(process_index)];
  return tid == process.pid ? Name(process) : "thread " + std::to_string(tid) + " of " + Name(process);
}

std::string Line(const Observation& run, const observe::BlockedTask& task) {
  const auto place = PlaceOf(task.stack);
  return NameOfTask(run, task.process, task.tid) + " " + task.waiting + (place.empty() ? "" : ", at " + place);
}

void AddTasks(Problem& problem, const Observation& run, const observe::Deadlock& deadlock) {
  for (const auto& task : deadlock.tasks) {
    problem.facts.push_back(Line(run, task));
    if (problem.location.empty()) problem.location = PlaceOf(task.stack);
  }
  problem.facts = Bounded(std::move(problem.facts));
}

void AddPlaces(Problem& problem, const Observation& run, const observe::OutOfTime& end) {
  for (const auto& task : end.places) {
    const auto place = PlaceOf(task.stack);
    if (place.empty()) continue;
    problem.facts.push_back(NameOfTask(run, task.process, task.tid) + (task.asleep ? " slept at " : " was at ") +
                            place);
    if (end.places.size() == 1) problem.location = place;
  }
  problem.facts = Bounded(std::move(problem.facts));
}

}  // namespace

RunMatcher Judge(std::string expected, Judgement judgement) {
  return Make(std::move(expected), std::move(judgement), Ends::kByItself);
}

RunMatcher JudgeWhileRunning(std::string expected, Judgement judgement) {
  return Make(std::move(expected), std::move(judgement), Ends::kByItselfOrStopped);
}

RunMatcher JudgeAnyEnd(std::string expected, Judgement judgement) {
  return Make(std::move(expected), std::move(judgement), Ends::kAny);
}

std::optional<Problem> ProblemOfOutcome(const Observation& run) {
  if (const auto* fault = std::get_if<observe::GraderFault>(&run.outcome)) throw GraderFaultError(fault->what);
  if (std::holds_alternative<observe::Exited>(run.outcome)) return std::nullopt;
  Problem problem{"it " + observe::Describe(run.outcome), {}, {}};
  if (const auto* deadlocked = std::get_if<observe::Deadlocked>(&run.outcome)) {
    problem.happened = "it is deadlocked: " + deadlocked->deadlock.explanation;
    AddTasks(problem, run, deadlocked->deadlock);
  } else if (run.partial_deadlock) {
    problem.happened += "; part of it is deadlocked: " + run.partial_deadlock->explanation;
    AddTasks(problem, run, *run.partial_deadlock);
  } else if (const auto* out_of_time = std::get_if<observe::OutOfTime>(&run.outcome)) {
    AddPlaces(problem, run, *out_of_time);
  }
  problem.hint = HintOn(run.partial_deadlock ? observe::Outcome(observe::Deadlocked{}) : run.outcome);
  if (const auto* signaled = std::get_if<observe::Signaled>(&run.outcome)) problem.location = PlaceOf(signaled->stack);
  return problem;
}

void RequireLevel(const Observation& run, observe::TraceLevel level) {
  if (run.level >= level) return;
  throw std::logic_error("the check asks an unwatched run of `" + CommandLine(run) +
                         "` what only a watched one can tell");
}

}  // namespace grader::checks
