#pragma once

#include <sys/types.h>

#include <map>
#include <optional>
#include <vector>

namespace grader::observe {

// All that lives below a sandbox's init, as the kernel itself lists it: also what the tracer has not heard of yet.
struct TaskTree {
  struct Thread {
    pid_t host_tid = 0;
    char state = 'X';  // as in proc_pid_stat(5); X if it has vanished
    bool ended() const { return state == 'Z' || state == 'X'; }
  };
  struct Process {
    pid_t host_parent = 0;
    std::vector<Thread> threads;
    bool zombie() const;  // dead, and not yet reaped
  };
  std::map<pid_t, Process> processes;  // by process id of the machine; without init

  std::vector<pid_t> ChildrenOf(pid_t host_pid) const;
};

// Reads the tree, which is a true picture only if nobody ran meanwhile. Empty if it could not be read or has more than
// kMostTreeTasks tasks.
std::optional<TaskTree> ReadTaskTree(pid_t init);

inline constexpr int kMostTreeTasks = 4096;

}  // namespace grader::observe
