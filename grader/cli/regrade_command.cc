#include "grader/batch/regrade.h"

#include <fmt/format.h>
#include <unistd.h>

#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "grader/batch/difference.h"
#include "grader/batch/error.h"
#include "grader/cli/batch_lab.h"
#include "grader/cli/command.h"
#include "grader/cli/difference_text.h"
#include "grader/cli/executor.h"
#include "grader/cli/interruptible.h"
#include "grader/cli/jobs.h"
#include "grader/report/text.h"

namespace grader::cli {
namespace {

struct RegradeOptions {
  std::string lab;
  std::string results;
  std::vector<std::string> only;
  std::optional<std::uint64_t> seed;
  int repeat = 1;
  int jobs = DefaultJobs();
  ExecutorOptions executor;
};

// Only what the batch belongs to: a regrade of another lab's hand-ins is a slip of the pen.
void EnsureLab(const batch::Store& store, const course::Lab& lab, const std::string& results) {
  if (store.Lab() == lab.id) return;
  throw batch::InputError(fmt::format("{} holds results of {}, not of {}", results, store.Lab(), lab.id));
}

ExitStatus Tell(const batch::Store& store, const batch::RegradeSummary& summary, const std::string& next) {
  for (const std::string& line : summary.gone) std::cerr << "grade: " << line << '\n';
  if (summary.interrupted) return ExitStatus::kFault;
  const auto& plan = summary.regrade.plan;
  std::cout << fmt::format("regrade {}: {} submissions, {} gradings now\n", summary.regrade.id, summary.submissions,
                           summary.graded);
  const auto difference = batch::DifferenceOf(store, summary.regrade);
  std::cout << CountsText(difference) << StabilityText(difference, plan.rounds);
  if (summary.faults > 0) {
    std::cout << fmt::format("{} ended with a fault of the grader or the machine; start the same command again\n",
                             summary.faults);
    return ExitStatus::kFault;
  }
  std::cout << next;
  return difference.wavering.empty() ? ExitStatus::kSuccess : ExitStatus::kNotFullMarks;
}

ExitStatus RunRegrade(const RegradeOptions& options, const Context& context) {
  const BatchLab lab(context, options.lab);
  batch::Store store(std::filesystem::path(options.results));
  EnsureLab(store, lab.lab(), options.results);
  const batch::RegradeOrder order{.lab = lab.lab(),
                                  .checks = lab.checks(),
                                  .results = options.results,
                                  .only = options.only,
                                  .seed = options.seed,
                                  .rounds = options.repeat};
  const Interruptible stretch("what is graded is kept; start the same command again");
  const auto judge = [&](const std::filesystem::path& folder, std::uint64_t seed) {
    return lab.Judge(folder, seed, stretch.termination());
  };
  const auto style = report::StyleOf(STDERR_FILENO, context.caller.environment);
  const auto summary =
      batch::RunRegrade(store, order,
                        {.judge = judge,
                         .jobs = options.jobs,
                         .progress = std::cerr,
                         .style = style,
                         .elsewhere = ExecutorOf(options.executor, lab, order.results, stretch.termination())});
  const auto results = report::ShellWord(options.results);
  return Tell(
      store, summary,
      fmt::format("{0} diff {1} shows it; {0} apply {1} or {0} discard {1} ends it\n", context.program, results));
}

}  // namespace

void AddRegrade(const Commands& commands) {
  const auto options = std::make_shared<RegradeOptions>();
  Command& regrade = commands.line.Add("regrade", "grade a batch anew, beside its results; see diff, apply, discard");
  regrade.Argument({{ValueKind::kLab}, "the lab"}, options->lab);
  regrade.Argument({{ValueKind::kFolder}, "the results folder of a batch"}, options->results);
  regrade.Option(
      {"--only", "only students of this id, or that match the pattern; may be repeated", Value{ValueKind::kToken}},
      options->only);
  regrade.Option({"--seed", "other hidden inputs; by default those of the batch", Value{ValueKind::kNumber}},
                 options->seed);
  regrade.Option({"--repeat", "so many rounds, each with new inputs; names verdicts that are not the same in all",
                  Value{ValueKind::kNumber}},
                 options->repeat);
  regrade.Option({"--jobs", "how many are graded at one time; by default one per processor", Value{ValueKind::kNumber}},
                 options->jobs);
  AddExecutor(regrade, options);
  regrade.Does([commands, options] { return RunRegrade(*options, commands.context); });
}

}  // namespace grader::cli
