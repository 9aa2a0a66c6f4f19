// Looks for deadlocks in a run, and keeps where tasks are that never go on.
#pragma once

#include <optional>

#include "grader/observe/deadlock_detector.h"
#include "grader/observe/run_state.h"
#include "grader/sandbox/spawner.h"

namespace grader::observe {

// Used by the monitor only.
class DeadlockWatch {
 public:
  DeadlockWatch(RunState& state, sandbox::Sandbox& sandbox);

  // Looks, if it is time to. A deadlock of the whole program ends the run; one of some tasks is remembered.
  void Look(SteadyTime now);

  // To be called before everything is killed: keeps the stacks of the stuck tasks that live. They never go on.
  void HoldStuckTasks();

  // To be called before everything is killed because time is up: keeps the stacks of all tasks.
  void HoldAllTasks();

 private:
  RunView ViewNow();
  void Hold(const std::set<pid_t>& tasks);

  RunState& state_;
  sandbox::Sandbox& sandbox_;
  DeadlockDetector detector_;
  RunView fixed_;  // what never changes
  SteadyTime next_look_{};
};

}  // namespace grader::observe
