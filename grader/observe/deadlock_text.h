// A deadlock in words for a student.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "grader/observe/deadlock.h"
#include "grader/observe/deadlock_proof.h"
#include "grader/observe/wait_graph.h"

namespace grader::observe {

// Names the tasks of one deadlock as the student's own program would: "thread 5", "process 3", "the main thread".
class TaskNames {
 public:
  explicit TaskNames(const DeadlockProof& proof);

  std::string Of(const WaitingTask& waiting) const;
  // Of a task by its machine's id; a bare "another thread" if it is not among the stuck.
  std::string Of(pid_t host_tid) const;
  // The process of a stuck task: "process 3", or "itself" for the asking task.
  std::string ProcessOf(pid_t host_tid, const WaitingTask& asking) const;

  const DeadlockProof& proof() const { return proof_; }

 private:
  const DeadlockProof& proof_;
  std::map<pid_t, const WaitingTask*> by_host_tid_;
};

// "waits to lock a mutex that thread 5 holds".
std::string WaitingText(const WaitingTask& waiting, const TaskNames& names);

// A clause about one task with its place: "thread 4 (bank.cpp:31) waits to lock a mutex that thread 5 holds".
std::string Clause(const WaitingTask& waiting, const std::optional<Frame>& place, const TaskNames& names);

// Two or three sentences. clauses: one for each of the proof's tasks, in the same order.
std::string ExplanationText(const DeadlockProof& proof, const Roots& roots, const std::vector<std::string>& clauses);

}  // namespace grader::observe
