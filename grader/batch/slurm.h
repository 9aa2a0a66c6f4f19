// Grading on a Slurm cluster (https://slurm.schedmd.com). The hand-ins, the results folder and this installation are at
// the same paths on every node.
//
//   tasks ── plan.json ── sbatch --array ── grade batch-part on the nodes ── done/<task>.json ── store
//
// A node may die: Slurm starts its part again, which grades only what is not done. Results are written under another
// name and renamed.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/batch/gradings.h"
#include "grader/os/termination.h"

namespace grader::batch {

inline constexpr int kSlurmChunk = 25;  // starting a task of a job costs half a second

struct SlurmJob {
  std::filesystem::path program;  // grade itself
  std::string lab;                // its id
  std::string version;            // of lab and grader
  std::filesystem::path results;
  int chunk = kSlurmChunk;  // gradings in one element of the array
};

// Grades the tasks on the cluster, and keeps each result when it is seen. A task without one in the end is a fault. If
// a person asks to stop, the job is cancelled. Throws StoreError if there is no cluster, or sbatch refuses.
Gradings GradeOnSlurm(const std::vector<Task>& tasks, const SlurmJob& job, const Crew& crew,
                      const os::Termination& termination, const KeepResult& keep);

// What a node needs to know.
struct SlurmPart {
  std::string lab;
  std::string version;
  std::vector<Task> tasks;
  std::filesystem::path done;  // the folder of results
};

// Reads part `number` of a plan. Throws InputError.
SlurmPart ReadPart(const std::filesystem::path& plan, std::size_t number);

// Those of its tasks that have no result yet; a fault is none.
std::vector<Task> TasksLeft(const SlurmPart& part);
void WriteDone(const SlurmPart& part, const Task& task, const StoredResult& result);

}  // namespace grader::batch
