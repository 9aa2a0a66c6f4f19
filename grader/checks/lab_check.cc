#include "grader/checks/lab_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "grader/checks/check_context.h"
#include "grader/checks/check_record.h"
#include "grader/checks/errors.h"
#include "grader/checks/failure_text.h"
#include "grader/checks/moments.h"
#include "grader/checks/printing.h"
#include "grader/checks/race_detector.h"
#include "grader/checks/run_timeline.h"

namespace grader::checks {
namespace {

observe::RunRequest MakeRequest(CheckContext& context, const build::Program& program, const sandbox::Limits& limits,
                                RunOptions options) {
  observe::RunRequest request;
  request.command.argv = program.argv;
  for (auto& word : options.args) request.command.argv.push_back(std::move(word));
  for (auto& variable : options.environment) request.command.environment.push_back(std::move(variable));
  if (options.flavour == Flavour::kRaceDetector) {
    PrepareForRaceDetector(request.command, context.RaceDetecting(options.program).fences);
  }
  request.files = program.files;
  for (auto& view : options.files) request.files.views.push_back(std::move(view));
  request.limits = options.limits.value_or(limits);
  request.level = options.level;
  request.input = std::move(options.input);
  request.linger = options.linger;
  request.schedule = options.schedule;
  request.interventions = std::move(options.interventions);
  request.prepare = std::move(options.prepare);
  request.keep_processor_use = options.keep_processor_use;
  request.title = TitleOf(std::move(options.scenario), request);
  return request;
}

}  // namespace

void LabCheck::TestBody() {
  try {
    Body();
    SkipIfAskedForMore();
  } catch (const BuildFailedError& error) {
    Fail("`" + error.program() + "` can be built", {error.what(), {}, {}});
  } catch (const std::exception& error) {
    record_->fault = error.what();
  } catch (...) {
    record_->fault = "the check threw something that is no std::exception";
  }
}

observe::Observation LabCheck::Run(std::vector<std::string> args) { return Run(RunOptions{.args = std::move(args)}); }

observe::Observation LabCheck::Run(RunOptions options) {
  const auto& program = ProgramOf(options);
  auto run = observe::Observe(spawner(), MakeRequest(*context_, program, limits(), std::move(options)));
  if (const auto* fault = std::get_if<observe::GraderFault>(&run.outcome)) throw GraderFaultError(fault->what);
  ++record_->runs;
  record_->last_run = CommandLine(run);
  record_->last_output = OutputOf(run);
  record_->last_timeline = TimelineOf(run);
  return run;
}

observe::Observation LabCheck::RunNative(std::vector<std::string> args) {
  return Run(RunOptions{.args = std::move(args), .level = observe::TraceLevel::kNone});
}

std::unique_ptr<observe::Run> LabCheck::Start(RunOptions options) {
  const auto& program = ProgramOf(options);
  auto request = MakeRequest(*context_, program, limits(), std::move(options));
  request.keep_input_open = true;
  ++record_->runs;
  record_->last_run = request.title.empty() ? CommandLine(request.command) : request.title;
  record_->last_output.clear();
  record_->last_timeline = {};
  return observe::Run::Start(spawner(), std::move(request));
}

const build::Program& LabCheck::ProgramOf(const RunOptions& options) {
  if (!options.probe.empty()) return Probe(options.probe);
  if (options.flavour == Flavour::kRaceDetector) return context_->RaceDetecting(options.program).program;
  return Program(options.program);
}

void LabCheck::ForEachRun(Runs runs, const RunOptions& options,
                          const std::function<void(const observe::Observation&)>& judge) {
  for (int i = 0; i < runs.watched + runs.native && !HasFailure(); ++i) {
    auto once = options;
    if (i >= runs.watched) once.level = observe::TraceLevel::kNone;
    judge(Run(std::move(once)));
  }
}

void LabCheck::ForEachSchedule(int schedules, const RunOptions& options,
                               const std::function<void(const observe::Observation&)>& judge) {
  for (int number = 1; number <= schedules && !HasFailure(); ++number) {
    if (!Tries(number)) continue;
    auto once = options;
    once.schedule = observe::Schedule{.seed = static_cast<std::uint64_t>(number)};
    judge(Run(std::move(once)));
  }
}

void LabCheck::AtEachMoment(const Moments& moments, const RunOptions& options,
                            const std::function<void(const observe::Observation&)>& judge) {
  const auto run_at = [&](int moment) {
    auto once = options;
    once.interventions.push_back({moments.mark, moments.unit, moment, moments.action});
    return Run(std::move(once));
  };
  const auto undisturbed = run_at(observe::Intervention::kNever);
  int attempt = 1;
  if (Tries(attempt)) judge(undisturbed);
  if (HasFailure()) return;
  const auto& stretch = undisturbed.stretches.back();
  if (!stretch.begun) {
    return Fail(undisturbed, "the program comes to the point that this check is about", {"it never did", {}, {}});
  }
  for (const int moment : Choose(stretch, moments.most)) {
    if (!Tries(++attempt)) continue;
    judge(run_at(moment));
    if (HasFailure()) return;
  }
}

bool LabCheck::Tries(int attempt) {
  const int only = context_->assignment().attempt;
  record_->attempts = std::max(record_->attempts, attempt);
  if (only != 0 && only != attempt) return false;
  record_->attempt = attempt;
  return true;
}

// A pass must not rest on an attempt that was never made, such as the 40th of a submission that has since got shorter.
void LabCheck::SkipIfAskedForMore() {
  if (!context_->assignment().replay.empty() && !record_->replayed && !HasFailure()) {
    return Skip("the schedule that --replay names is of something that this check does not explore here");
  }
  const int only = context_->assignment().attempt;
  if (only == 0 || record_->attempts == 0 || record_->attempt != 0 || HasFailure()) return;
  Skip(fmt::format("it makes {} here, so there is no attempt {}",
                   Count(static_cast<std::uint64_t>(record_->attempts), "attempt", "attempts"), only));
}

void LabCheck::KeepSent(std::string bytes, std::string command) {
  record_->sent = {std::move(bytes), std::move(command)};
}

void LabCheck::Fail(std::string expected, Problem problem) {
  const Failure failure{std::move(expected),         std::move(problem.happened), std::move(problem.facts), {},
                        std::move(problem.location), std::move(problem.hint)};
  ADD_FAILURE() << EncodeFailure({failure, {}});
}

void LabCheck::Fail(const observe::Observation& run, std::string expected, Problem problem) {
  const Failure failure{std::move(expected), std::move(problem.happened), std::move(problem.facts),
                        CommandLine(run),    std::move(problem.location), std::move(problem.hint)};
  ADD_FAILURE() << EncodeFailure({failure, OutputOf(run), TimelineOf(run)});
}

void LabCheck::Skip(std::string reason) { record_->skipped = std::move(reason); }

Random& LabCheck::random() {
  if (!random_) random_.emplace(context_->assignment().seed, id_);
  return *random_;
}

const sandbox::Limits& LabCheck::limits() const { return context_->assignment().limits; }
const build::Program& LabCheck::Program(const std::string& name) { return context_->Program(name); }
const build::Program& LabCheck::Probe(const std::string& name) { return context_->Probe(name); }

const std::filesystem::path& LabCheck::submission() const { return context_->assignment().submission; }
const std::filesystem::path& LabCheck::lab_folder() const { return context_->assignment().lab_folder; }
sandbox::Spawner& LabCheck::spawner() { return context_->spawner(); }
QuizAnswer LabCheck::Answer(const std::string& question) { return context_->answers().Find(question); }

}  // namespace grader::checks
