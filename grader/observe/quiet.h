// Whether the tasks of a run can go on without the observer.
#pragma once

#include <sys/types.h>

#include <chrono>
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

  // All sleep only if two looks in succession found so and nobody ran between: what was read one after the other was
  // then true at one moment.
  State Look(const ProcessTable& table);

  // The task dies by itself from here on and is nobody's tracee any more; until it is a zombie it moves.
  void Dying(pid_t host_tid) { dying_.insert(host_tid); }

 private:
  bool AnyDying();
  static bool IsAsleep(const Task& task);
  static bool WakesByTime(const ProcessTable& table, const Task& task);

  Stillness stillness_;
  std::set<pid_t> dying_;
};

}  // namespace grader::observe
