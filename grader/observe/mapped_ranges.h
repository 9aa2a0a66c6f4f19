// Parts of a process's memory.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace grader::observe {

// Some of a process's mappings, by the text of /proc/PID/maps (proc_pid_maps(5)). Lines that are no mappings are left
// out.
class MappedRanges {
 public:
  // Where the file of that path is mapped.
  static MappedRanges OfFile(std::string_view maps, std::string_view path);

  // What other processes may have, too: MAP_SHARED (mmap(2)).
  static MappedRanges Shared(std::string_view maps);

  bool Contains(std::uint64_t address) const;
  bool empty() const { return ranges_.empty(); }

 private:
  struct Range {
    std::uint64_t start = 0;
    std::uint64_t end = 0;  // behind it
  };
  std::vector<Range> ranges_;
};

// What of a task's memory is of interest where its instructions are looked at.
struct TaskRanges {
  MappedRanges own_code;  // the file it runs, as against the libraries that uses
  MappedRanges shared;

  // Of a living task, by its id on the machine; nothing if it cannot be read.
  static TaskRanges Of(pid_t host_tid);
};

}  // namespace grader::observe
