// grade batch-part: what each element of the job array of grade batch --executor slurm runs.
#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <string>

#include "grader/batch/error.h"
#include "grader/batch/fingerprint.h"
#include "grader/batch/slurm.h"
#include "grader/cli/batch_lab.h"
#include "grader/cli/command.h"
#include "grader/cli/interruptible.h"

namespace grader::cli {
namespace {

struct PartOptions {
  std::string plan;
  std::optional<std::uint64_t> number;
};

ExitStatus RunPart(const PartOptions& options, const Context& context) {
  const auto part = batch::ReadPart(options.plan, options.number.value_or(0));
  const BatchLab lab(context, part.lab);
  if (batch::FingerprintOf(lab.lab(), lab.checks()) != part.version) {
    throw batch::InputError("the lab or the grader here is another than where the batch was started");
  }
  const Interruptible stretch("its job will be started again");
  const batch::Judge judge = [&](const std::filesystem::path& folder, std::uint64_t seed) {
    return lab.Judge(folder, seed, stretch.termination());
  };
  const auto keep = [&](const batch::Task& task, const batch::StoredResult& result) {
    batch::WriteDone(part, task, result);
  };
  const auto ended = batch::GradeAll(batch::TasksLeft(part), {judge, 1, std::cout}, keep);
  return ended == batch::Gradings::kDone ? ExitStatus::kSuccess : ExitStatus::kFault;
}

}  // namespace

void AddBatchPart(const Commands& commands) {
  const auto options = std::make_shared<PartOptions>();
  Command& part = commands.line.Add("batch-part", "grade a part of a batch on a cluster; --executor slurm starts it");
  part.Argument({{ValueKind::kFile}, "the plan that grade batch wrote"}, options->plan);
  part.Option({"--number", "which part, from 0", Value{ValueKind::kNumber}}, options->number);
  part.Does([commands, options] { return RunPart(*options, commands.context); });
}

}  // namespace grader::cli
