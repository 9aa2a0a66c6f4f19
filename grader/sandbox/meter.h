// What a sandbox uses, read from its cgroups where it has them, else summed over its processes.
#pragma once

#include <vector>

#include "grader/os/fd.h"
#include "grader/sandbox/cgroups.h"
#include "grader/sandbox/spawner.h"

namespace grader::sandbox {

class Meter {
 public:
  Meter() = default;

  // Counts from now on; the cgroups may have had other sandboxes in them.
  explicit Meter(std::vector<Cgroup> cgroups);

  // proc and the ids in it of the sandbox's processes are asked for what no cgroup counts, and not wanted if all is
  // counted.
  Usage Read(const os::Fd& proc, const std::vector<pid_t>& processes);

  // Whether Read() needs no processes.
  bool CountsAll() const;

  // Kills all inside at one blow, where a cgroup can; from any thread.
  void Kill() const noexcept;

 private:
  struct Counts {
    std::chrono::nanoseconds time{0};
    os::Bytes memory_peak;
    std::uint64_t kills = 0;     // by the memory limit
    std::uint64_t refusals = 0;  // by the limit of processes
  };

  Counts Count() const;
  void SumProcesses(const os::Fd& proc, const std::vector<pid_t>& processes, Usage& usage);

  std::vector<Cgroup> cgroups_;
  Counts start_;
  bool counts_time_ = false;
  bool counts_memory_ = false;
  os::Bytes most_memory_;  // of the sums so far
  std::chrono::nanoseconds most_time_{0};
};

}  // namespace grader::sandbox
