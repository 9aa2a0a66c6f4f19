// What /proc tells about processes (proc(5)). Everything may vanish between two calls: absence is an empty result.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grader/os/bytes.h"
#include "grader/os/fd.h"

namespace grader::os {

// /proc/<pid>/stat, the fields in use. The name in it may hold blanks, brackets and newlines.
struct ProcessStat {
  pid_t pid = 0;
  std::string name;
  char state = '?';  // R S D T t Z X I
  pid_t parent = 0;
  std::chrono::nanoseconds user_time{0};  // of its threads, ended ones included
  std::chrono::nanoseconds system_time{0};
  std::chrono::nanoseconds waited_children_time{0};  // user and system, of what it has waited for
  int threads = 0;
};
std::optional<ProcessStat> ParseStat(std::string_view text);

// proc is a descriptor of a mounted /proc; ids are those of its pid namespace. task is "12" or "12/task/14".
std::optional<ProcessStat> ReadStat(const Fd& proc, const std::string& task);

// The value of one line of /proc/<task>/status: "SigCgt", "VmHWM", "voluntary_ctxt_switches". Unit and blanks stay.
std::optional<std::string> StatusField(std::string_view status, std::string_view field);

// /proc/<task>/schedstat: time on a processor, time ready but waiting for one, number of time slices.
struct ScheduleStat {
  std::chrono::nanoseconds ran{0};
  std::chrono::nanoseconds waited{0};
  std::uint64_t slices = 0;
  friend bool operator==(const ScheduleStat&, const ScheduleStat&) = default;
};
std::optional<ScheduleStat> ParseScheduleStat(std::string_view text);
std::optional<ScheduleStat> ReadScheduleStat(const Fd& proc, const std::string& task);

// Anonymous, file and shared pages in memory now, from /proc/<pid>/statm.
std::optional<Bytes> ReadResidentMemory(const Fd& proc, pid_t pid);

// All processes that proc shows, or all threads of one of them.
std::vector<pid_t> Processes(const Fd& proc);
std::vector<pid_t> Threads(const Fd& proc, pid_t pid);

// A process and all below it: those that are found, if they come and go meanwhile.
std::vector<pid_t> WithDescendants(const Fd& proc, pid_t pid);

struct OpenFile {
  int number = -1;
  std::string link;  // "/dev/null", "pipe:[1234]", "socket:[77]", "anon_inode:[eventpoll]"
};
// Empty if the process is gone, has none, or may not be inspected.
std::vector<OpenFile> OpenFiles(const Fd& proc, pid_t pid);

// The machine's own /proc. Throws std::system_error.
Fd OpenProc();

}  // namespace grader::os
