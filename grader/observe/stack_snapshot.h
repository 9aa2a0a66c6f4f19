// A task's stack, copied in microseconds while the task is stopped, to be given names and lines after the run.
#pragma once

#include <sys/types.h>
#include <sys/user.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace grader::observe {

using MapsText = std::shared_ptr<const std::string>;

struct StackSnapshot {
  user_regs_struct registers{};
  std::uint64_t start = 0;       // the address of the first byte
  std::vector<std::byte> bytes;  // memory from just below the stack pointer upward, bounded
  MapsText maps;                 // /proc/PID/maps of that moment (proc_pid_maps(5)); null if it could not be read

  bool empty() const { return maps == nullptr; }
};

// The most of a stack that is copied.
inline constexpr std::size_t kStackBytes = std::size_t{64} * 1024;

// Copies the stack of a stopped task (process ids of the machine) whose registers are given. If the text of its maps
// equals *previous, that text is shared instead of kept twice. Never throws for a task that has vanished: the snapshot
// is then empty.
StackSnapshot CaptureStack(pid_t host_tid, const user_regs_struct& registers, const MapsText& previous = nullptr);

}  // namespace grader::observe
