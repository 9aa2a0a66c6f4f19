// What proc(5) tells about a task of a run. It can vanish at any moment: absence is an empty result.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grader/observe/process.h"

namespace grader::observe {

// The names of one task: as process ids of the machine, and inside the sandbox.
struct TaskIdentity {
  pid_t host_tid = 0;
  pid_t host_tgid = 0;
  pid_t host_parent = 0;  // of its process
  pid_t tid = 0;
  pid_t pid = 0;
};

std::optional<TaskIdentity> ReadIdentity(pid_t host_tid);

// /proc/TID/schedstat.
struct TaskCounters {
  std::chrono::nanoseconds run{0};   // on a processor
  std::chrono::nanoseconds wait{0};  // ready, waiting for a processor
  std::uint64_t slices = 0;          // times it was put on a processor
  friend bool operator==(const TaskCounters&, const TaskCounters&) = default;
};

std::optional<TaskCounters> ReadCounters(pid_t host_tid);
std::optional<TaskCounters> ParseCounters(const std::string& text);  // the file's text

// The letter of its state: R, S, D, T, t, Z; X if it has vanished.
char ReadState(pid_t host_tid);

// /proc/TID/syscall: number and arguments, in hexadecimal, of the system call it sleeps in; "running" if it does not.
std::string ReadCallText(pid_t host_tid);

// Times it went to sleep by itself (getrusage(2), ru_nvcsw); 0 if it has vanished.
std::uint64_t ReadVoluntarySwitches(pid_t host_tid);

std::vector<OpenDescriptor> ReadDescriptors(pid_t host_tid);

// The path a descriptor stands for, or "pipe:[7]" and the like; empty if it is not open.
std::string ReadDescriptorTarget(pid_t host_tid, int descriptor);

// The inode behind a descriptor (stat(2)); 0 if it is not open.
ino_t ReadDescriptorInode(pid_t host_tid, int descriptor);

// The path, inside, of the program it runs.
std::string ReadProgram(pid_t host_tid);

// The processes whose parent is the given single-threaded process, as process ids of the machine.
std::vector<pid_t> ReadChildren(pid_t host_pid);

// A string of a task's memory, up to its NUL or a bound of 256 bytes.
std::string ReadString(pid_t host_tid, std::uint64_t address);

}  // namespace grader::observe
