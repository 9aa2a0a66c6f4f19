// Proves that tasks of a run can never run again.
//
// 1. Quiet: every task sleeps, and has not run since the last look (its counters in /proc/TID/schedstat stand still).
// 2. Each sleeping task's system call tells what it waits for, and so who could wake it.
// 3. Whoever computes, waits with a timeout, or waits for somebody outside the run is live; so is whoever a live task
// could
//    wake; the rest is stuck (wait_graph.h).
// 4. Quiet still: nobody ran while this was read, so it was true at one moment, and what is stuck then is stuck for
// ever.
//
// Whatever is not understood counts as live: a deadlock may be missed, never invented.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>

#include "grader/observe/deadlock.h"
#include "grader/observe/deadlock_proof.h"
#include "grader/observe/task_view.h"

namespace grader::observe {

struct Look {
  enum class State {
    kBusy,        // somebody ran since the last look, or the tasks could not be read at one moment
    kIdle,        // all sleep, somebody can be woken
    kDeadlocked,  // all sleep for ever
  };
  State state = State::kBusy;

  // What is stuck: everything when kDeadlocked; else perhaps some tasks that wait for each other's mutexes while others
  // go on, each such group told once.
  std::optional<DeadlockProof> proof;

  // When to look again.
  std::chrono::milliseconds next{5};
};

// Watches one run. Watch() is called by one thread again and again, and never stops or touches a task.
class DeadlockDetector {
 public:
  DeadlockDetector();
  ~DeadlockDetector();

  // Costs microseconds per task while they are busy or stay idle, some milliseconds when they have just fallen asleep.
  Look Watch(const RunView& run);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// Tells the deadlock to a student. stacks: by the machine's thread id, taken from the stuck tasks after the proof:
// - of a whole program by PTRACE_INTERRUPT, after which they must never be resumed (it ends some waits, ptrace(2));
// - otherwise also by PTRACE_INTERRUPT, and then they may be resumed: all of them wait in futex(2), which is taken up
// again.
Deadlock Explain(const DeadlockProof& proof, const std::map<pid_t, Stack>& stacks);

}  // namespace grader::observe
