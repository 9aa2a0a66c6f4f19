#include "grader/cli/executor.h"

#include "grader/batch/fingerprint.h"

namespace grader::cli {

batch::Executor ExecutorOf(const ExecutorOptions& options, const BatchLab& lab, const std::filesystem::path& results,
                           const os::Termination& termination) {
  if (!options.on_slurm) return {};
  const batch::SlurmJob job{.program = lab.program(),
                            .lab = lab.lab().id,
                            .version = batch::FingerprintOf(lab.lab(), lab.checks()),
                            .results = results,
                            .chunk = options.chunk};
  return [job, &termination](const auto& tasks, const auto& crew, const auto& keep) {
    return batch::GradeOnSlurm(tasks, job, crew, termination, keep);
  };
}

}  // namespace grader::cli
