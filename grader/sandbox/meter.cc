#include "grader/sandbox/meter.h"

#include <algorithm>

#include "grader/os/cgroup.h"
#include "grader/os/procfs.h"

namespace grader::sandbox {
namespace {

std::uint64_t Control(const Cgroup& cgroup, const char* file, std::string_view key = {}) {
  return os::ReadControl(cgroup.folder, file, key).value_or(0);
}

}  // namespace

Meter::Meter(std::vector<Cgroup> cgroups) : cgroups_(std::move(cgroups)) {
  for (const Cgroup& cgroup : cgroups_) {
    const bool controlled = cgroup.kind == Cgroup::Kind::kUnifiedControlled;
    counts_memory_ = counts_memory_ || controlled || cgroup.kind == Cgroup::Kind::kMemoryV1;
    counts_time_ =
        counts_time_ || controlled || cgroup.kind == Cgroup::Kind::kUnified || cgroup.kind == Cgroup::Kind::kCpuV1;
  }
  start_ = Count();
}

bool Meter::CountsAll() const { return counts_time_ && counts_memory_; }

Usage Meter::Read(const os::Fd& proc, const std::vector<pid_t>& processes) {
  const Counts now = Count();
  Usage usage;
  usage.cpu_time = now.time - start_.time;
  usage.memory_peak = now.memory_peak;
  usage.out_of_memory = now.kills > start_.kills;
  usage.out_of_processes = now.refusals > start_.refusals;
  if (!CountsAll() && proc) SumProcesses(proc, processes, usage);
  return usage;
}

Meter::Counts Meter::Count() const {
  Counts counts;
  for (const Cgroup& cgroup : cgroups_) {
    switch (cgroup.kind) {
      case Cgroup::Kind::kMemoryV1:
        counts.memory_peak = {Control(cgroup, "memory.max_usage_in_bytes")};
        counts.kills = Control(cgroup, "memory.oom_control", "oom_kill");
        break;
      case Cgroup::Kind::kProcessesV1:
        counts.refusals = Control(cgroup, "pids.events", "max");
        break;
      case Cgroup::Kind::kUnifiedControlled:
        counts.memory_peak = {Control(cgroup, "memory.peak")};
        counts.kills = Control(cgroup, "memory.events", "oom_kill");
        counts.refusals = Control(cgroup, "pids.events", "max");
        [[fallthrough]];
      case Cgroup::Kind::kUnified:
        counts.time = std::chrono::microseconds(Control(cgroup, "cpu.stat", "usage_usec"));
        break;
      case Cgroup::Kind::kCpuV1:
        counts.time = std::chrono::nanoseconds(Control(cgroup, "cpuacct.usage"));
        break;
    }
  }
  return counts;
}

void Meter::SumProcesses(const os::Fd& proc, const std::vector<pid_t>& processes, Usage& usage) {
  os::Bytes memory;
  std::chrono::nanoseconds time{0};
  for (const pid_t pid : processes) {
    const auto stat = os::ReadStat(proc, std::to_string(pid));
    if (!stat) continue;
    time += stat->user_time + stat->system_time + stat->waited_children_time;
    memory.count += os::ReadResidentMemory(proc, pid).value_or(os::Bytes{}).count;
  }
  // A process that ends between its own reading and its parent's is missed once, and the dead use nothing any more.
  most_time_ = std::max(most_time_, time);
  most_memory_ = std::max(most_memory_, memory);
  if (!counts_time_) usage.cpu_time = most_time_;
  if (!counts_memory_) usage.memory_peak = most_memory_;
}

void Meter::Kill() const noexcept {
  for (const Cgroup& cgroup : cgroups_) {
    if (cgroup.kind == Cgroup::Kind::kUnified || cgroup.kind == Cgroup::Kind::kUnifiedControlled) {
      static_cast<void>(os::WriteControl(cgroup.folder, "cgroup.kill", "1"));
    }
  }
}

}  // namespace grader::sandbox
