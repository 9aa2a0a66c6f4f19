#pragma once

#include <filesystem>
#include <memory>

#include "grader/batch/gradings.h"
#include "grader/batch/slurm.h"
#include "grader/cli/batch_lab.h"
#include "grader/cli/command.h"
#include "grader/os/termination.h"

namespace grader::cli {

// Where gradings are done: by this process, or on a Slurm cluster.
struct ExecutorOptions {
  bool on_slurm = false;
  int chunk = batch::kSlurmChunk;
};

// --executor and --chunk.
template <typename Options>
void AddExecutor(Command& command, const std::shared_ptr<Options>& options) {
  command.Choice({"--executor", "where it is graded: on this machine, or on a Slurm cluster with the same files",
                  Value{ValueKind::kChoice, {"local", "slurm"}}},
                 [options](const std::string& where) { options->executor.on_slurm = where == "slurm"; });
  command.Option({"--chunk", "how many are one task of the cluster; by default 25", Value{ValueKind::kNumber}},
                 options->executor.chunk);
}

// Empty for this process. `termination` outlives it.
batch::Executor ExecutorOf(const ExecutorOptions& options, const BatchLab& lab, const std::filesystem::path& results,
                           const os::Termination& termination);

}  // namespace grader::cli
