#include <fmt/format.h>
#include <unistd.h>

#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "grader/batch/batch.h"
#include "grader/cli/batch_lab.h"
#include "grader/cli/command.h"
#include "grader/cli/executor.h"
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
  ExecutorOptions executor;
};

void TellOfOtherVersions(int count, const batch::BatchOrder& order, const std::string& program) {
  if (count == 0) return;
  const auto results = report::ShellWord(order.results.string());
  std::cout << fmt::format(
      "{} {} of another version of the lab or the grader and still {}; {} regrade {} {} tells what would change\n",
      count, count == 1 ? "result is" : "results are", count == 1 ? "counts" : "count", program, order.lab.id, results);
}

ExitStatus Tell(const batch::BatchOrder& order, const batch::BatchSummary& summary, const std::string& program) {
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
  TellOfOtherVersions(summary.other_version, order, program);
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
  const batch::Crew crew{.judge = judge,
                         .jobs = options.jobs,
                         .progress = std::cerr,
                         .style = style,
                         .elsewhere = ExecutorOf(options.executor, lab, order.results, stretch.termination())};
  return Tell(order, batch::RunBatch(order, crew), context.program);
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
  AddExecutor(batch, options);
  batch.Does([commands, options] { return RunBatch(*options, commands.context); });
}

}  // namespace grader::cli
