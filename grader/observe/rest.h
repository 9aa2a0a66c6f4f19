#pragma once

#include <sys/types.h>

#include <map>
#include <set>
#include <string>

#include "grader/observe/schedstat_files.h"

namespace grader::observe {

// Whether anybody of a run has moved since the last look.
enum class Rest {
  kMoving,  // somebody ran, runs or is being woken
  kTimed,   // all sleep, and somebody for a time only, or with a timer that may wake it
  kStill,   // all sleep until somebody else does something
};

// Looks at all tasks below a sandbox's init, known to a tracer or not. What is read one after the other was true at one
// moment if nobody ran meanwhile, and the counters in /proc/TID/schedstat tell that. Used by one thread at a time.
class RestWatch {
 public:
  // Processes (of the machine) whose end is not yet told to their parents, because their tracer has not heard of it;
  // whether a timer may wake one of them; and whether that is known, because somebody traces them.
  struct Known {
    std::set<pid_t> alive;
    bool alarmed = false;
    bool traced = true;
  };
  Rest Look(pid_t init, const Known& known);

 private:
  SchedstatFiles files_;
  std::map<pid_t, std::string> counters_;
};

}  // namespace grader::observe
