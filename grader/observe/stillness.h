#pragma once

#include <sys/types.h>

#include <string>
#include <unordered_map>
#include <vector>

#include "grader/observe/schedstat_files.h"

namespace grader::observe {

// Tells whether tasks have run, from their counters in /proc/TID/schedstat. These change each time a task is put on a
// processor or taken off, so counters that are the same twice, with the task asleep between, mean that it has not run.
class Stillness {
 public:
  // Whether these are the tasks of the last call and none of them has run since. A task that has vanished has run.
  bool Look(const std::vector<pid_t>& host_tids);

  // Whether one task of the last call has not run since that call.
  bool IsStill(pid_t host_tid);

  // Those of the last call that had not run when it was made.
  const std::vector<pid_t>& still() const { return still_; }

 private:
  SchedstatFiles files_;
  std::unordered_map<pid_t, std::string> counters_;
  std::vector<pid_t> still_;
};

}  // namespace grader::observe
