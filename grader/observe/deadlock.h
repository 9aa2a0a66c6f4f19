#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "grader/observe/stack.h"

namespace grader::observe {

// What a blocked task waits for.
enum class WaitKind {
  kMutex,
  kJoin,
  kCondition,
  kSemaphore,
  kBarrier,
  kRwLock,
  kFutex,
  kPipeRead,
  kPipeWrite,
  kSocket,
  kFifoOpen,
  kChild,
  kSignal,
  kMessageQueue,
  kFileLock,
  kEventFd,
  kVfork,
  kPoll,
  kOther
};

// One task that can never run again.
struct BlockedTask {
  int process = 0;  // index into Observation::processes
  pid_t tid = 0;    // as seen inside; equal to the process's pid for its main thread
  WaitKind kind = WaitKind::kOther;
  std::string waiting;           // for a student: "waits to lock a mutex that thread 5 holds"
  std::vector<pid_t> waits_for;  // tids inside of the tasks that could end the wait; empty if nobody can
  Stack stack;
};

enum class DeadlockCause {
  kLockCycle,
  kSelfLock,
  kAbandonedLock,
  kJoinCycle,
  kOwnPipeEnd,
  kPipeHeldOpen,
  kBlockedChild,
  kFullPipes,
  kNobodyToSignal,
  kMixedCycle
};

// Proof that tasks can never run again: all asleep, and no timer, outside peer or live task can wake any of them.
struct Deadlock {
  DeadlockCause cause = DeadlockCause::kNobodyToSignal;
  bool whole_program = true;       // false: other tasks go on
  std::vector<BlockedTask> tasks;  // the stuck ones
  std::vector<pid_t> cycle;        // tids of an ownership cycle, in order; empty if there is none
  std::string explanation;         // two or three plain sentences for a student
};

}  // namespace grader::observe
