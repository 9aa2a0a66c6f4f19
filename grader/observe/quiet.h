// Whether the tasks of a run can go on without the observer.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <set>
#include <vector>

#include "grader/observe/process_table.h"
#include "grader/observe/stillness.h"

namespace grader::observe {

// Looks at all tasks but the held ones. Used by one thread, which has handled all events of its tracees before.
class Quiet {
 public:
  enum class State {
    kMoving,  // somebody computes, is being woken or is about to die
    kTimed,   // all sleep, and one of them for a time only, or with a timer that may wake it
    kStill,   // all sleep until somebody else does something
  };

  // One that has computed for a long time and goes on to is left out: it may be waiting, in a loop, for somebody held.
  //
  // What is read one after the other was true at one moment if nobody ran meanwhile, and that is looked at too.
  State Look(const ProcessTable& table);

  // The task was let go on.
  void Moves(pid_t host_tid) { moving_.erase(host_tid); }

  // The task dies by itself from here on and is nobody's tracee any more; until it is a zombie it moves.
  void Dying(pid_t host_tid) { dying_.insert(host_tid); }

 private:
  static constexpr std::chrono::milliseconds kLongComputation{30};

  bool AnyDying(const ProcessTable& table);
  bool ComputesLong(pid_t host_tid);
  static bool IsStopped(pid_t host_tid);
  static State StateOf(const ProcessTable& table, const Task& task);

  Stillness stillness_;
  std::set<pid_t> dying_;
  std::map<pid_t, std::chrono::nanoseconds> moving_;  // processor time when they were first seen moving
};

}  // namespace grader::observe
