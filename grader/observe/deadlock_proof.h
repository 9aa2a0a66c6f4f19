#pragma once

#include <string>
#include <vector>

#include "grader/observe/deadlock.h"
#include "grader/observe/task_view.h"

namespace grader::observe {

// Somebody who could end a wait, and how.
struct Waker {
  enum class Role { kOwner, kJoined, kChild, kHolder };
  Role role = Role::kOwner;
  pid_t host_tid = 0;
  int descriptor = -1;  // kHolder: its descriptor of the awaited end
};

// What one sleeping task waits for.
struct Wait {
  // Who can end it.
  enum class End {
    kLive,     // it runs, or time or somebody outside the run will wake it, or it is not understood
    kAnybody,  // only another task of the run, but any of them might
    kOwners,   // only the tasks in wakers, if there are any left
  };
  End end = End::kLive;
  WaitKind kind = WaitKind::kOther;
  std::vector<Waker> wakers;
  int descriptor = -1;  // where the wait is for one
  std::string object;   // for a student: "the semaphore /lab7", "a pipe (descriptor 3)"; empty if it has no name
  std::string because;  // why it is kLive, for the grader's own log

  // A mutex or joined thread whose task exists no more.
  bool owner_gone = false;
  pid_t owner_tid = 0;  // as seen inside; 0 if not known
};

// A task together with its wait.
struct WaitingTask {
  TaskView task;
  bool only_task_of_process = true;
  Wait wait;
};

// Tasks that can never run again.
struct DeadlockProof {
  bool whole_program = true;
  std::vector<WaitingTask> stuck;  // at least one
  bool several_processes = false;  // the run has more than one living process
};

}  // namespace grader::observe
