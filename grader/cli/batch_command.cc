#include <fmt/format.h>
#include <unistd.h>

#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "grader/batch/batch.h"
#include "grader/batch/fingerprint.h"
#include "grader/batch/slurm.h"
#include "grader/cli/batch_lab.h"
#include "grader/cli/command.h"
#include "grader/cli/grading_plan.h"
#include "grader/cli/interruptible.h"
#include "grader/cli/jobs.h"
#include "grader/report/text.h"

namespace grader::cli {
namespace {

struct BatchOptions {
  std::string lab;
  std::string hand_ins;
  std::optional<std::string> results;
  std::optional<std::string> roster;
  std::optional<std::uint64_t> seed;
  int jobs = DefaultJobs();
  bool on_slurm = false;
  int chunk = batch::kSlurmChunk;
};

// Grades on a Slurm cluster instead.
batch::Executor OnSlurm(const batch::SlurmJob& job, const os::Termination& termination) {
  return [job, &termination](const auto& tasks, const auto& crew, const auto& keep) {
    return batch::GradeOnSlurm(tasks, job, crew, termination, keep);
  };
}

ExitStatus Tell(const batch::BatchOrder& order, const batch::BatchSummary& summary) {
  for (const std::string& line : summary.ignored) std::cerr << "grade: " << line << '\n';
  if (summary.interrupted) return ExitStatus::kFault;
  std::string line = fmt::format("{} hand-ins, {} graded now", summary.hand_ins, summary.graded);
  const auto add = [&](int count, const char* words) {
    if (count > 0) line += fmt::format(", {} {}", count, words);
  };
  add(summary.same, "the same as another");
  add(summary.refused, "refused");
  add(summary.missing, "of the roster missing");
  add(summary.faults, "with a fault of the grader or the machine");
  std::cout << line << "\nresults: " << report::OneLine((order.results / "grades.csv").string()) << '\n';
  if (summary.faults == 0) return ExitStatus::kSuccess;
  std::cout << "Faults cost nobody points; start the same command again to grade those.\n";
  return ExitStatus::kFault;
}

ExitStatus RunBatch(const BatchOptions& options, const Context& context) {
  const BatchLab lab(context, options.lab);
  const batch::BatchOrder order{.course = lab.course(),
                                .lab = lab.lab(),
                                .checks = lab.checks(),
                                .hand_ins = options.hand_ins,
                                .results = options.results.value_or(lab.lab().id + "-results"),
                                .roster = options.roster ? batch::Roster::Load(*options.roster) : batch::Roster(),
                                .seed = options.seed ? *options.seed : RandomSeed()};
  const Interruptible stretch("what is graded is kept; start the same command again");
  const auto judge = [&](const std::filesystem::path& folder, std::uint64_t seed) {
    return lab.Judge(folder, seed, stretch.termination());
  };
  const auto style = report::StyleOf(STDERR_FILENO, context.caller.environment);
  batch::Crew crew{judge, options.jobs, std::cerr, style};
  if (options.on_slurm) {
    const batch::SlurmJob job{.program = context.caller.executable,
                              .lab = order.lab.id,
                              .version = batch::FingerprintOf(order.lab, order.checks),
                              .results = order.results,
                              .chunk = options.chunk};
    crew.elsewhere = OnSlurm(job, stretch.termination());
  }
  return Tell(order, batch::RunBatch(order, crew));
}

}  // namespace

void AddBatch(const Commands& commands) {
  const auto options = std::make_shared<BatchOptions>();
  Command& batch = commands.line.Add("batch", "grade many submissions of a lab; may be ended and started again");
  batch.Argument({{ValueKind::kLab}, "the lab"}, options->lab);
  batch.Argument({{ValueKind::kFolder}, "hand-ins: a folder or an archive for each student, or a download of an LMS"},
                 options->hand_ins);
  batch.Option({"--out", "the folder for results; by default LAB-results", Value{ValueKind::kFolder}},
               options->results);
  batch.Option({"--roster", "a CSV file: id,name,email,group,extension", Value{ValueKind::kFile}}, options->roster);
  batch.Option({"--jobs", "how many are graded at one time; by default one per processor", Value{ValueKind::kNumber}},
               options->jobs);
  batch.Option(
      {"--seed", "the hidden inputs, the same for all; drawn once for a results folder", Value{ValueKind::kNumber}},
      options->seed);
  batch.Choice({"--executor", "where it is graded: on this machine, or on a Slurm cluster with the same files",
                Value{ValueKind::kChoice, {"local", "slurm"}}},
               [options](const std::string& where) { options->on_slurm = where == "slurm"; });
  batch.Option({"--chunk", "how many are one task of the cluster; by default 25", Value{ValueKind::kNumber}},
               options->chunk);
  batch.Does([commands, options] { return RunBatch(*options, commands.context); });
}

}  // namespace grader::cli
