#pragma once

#include <sys/types.h>

#include <string>
#include <unordered_map>
#include <vector>

#include "grader/os/fd.h"

namespace grader::observe {

// /proc/TID/schedstat of many tasks. The files stay open between reads, because opening costs most; only a bounded
// number of them does.
class SchedstatFiles {
 public:
  // The file's text now; empty if the task has vanished.
  std::string Read(pid_t host_tid);

  // Closes the files of all other tasks.
  void KeepOnly(const std::vector<pid_t>& host_tids);

 private:
  std::unordered_map<pid_t, os::Fd> open_;
};

}  // namespace grader::observe
