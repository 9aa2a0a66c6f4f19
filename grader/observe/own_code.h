// A program's own code, as against that of the libraries it uses.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace grader::observe {

// Where the file that a process runs is mapped.
class OwnCode {
 public:
  // Nowhere.
  OwnCode() = default;

  // From the text of /proc/PID/maps (proc_pid_maps(5)) and what /proc/PID/exe links to. Lines that are no mappings of
  // that file are left out.
  OwnCode(std::string_view maps, std::string_view executable);

  // Of a living task, by its id on the machine; nowhere if it cannot be read.
  static OwnCode Of(pid_t host_tid);

  bool Contains(std::uint64_t address) const;

 private:
  struct Range {
    std::uint64_t start = 0;
    std::uint64_t end = 0;  // behind it
  };
  std::vector<Range> ranges_;
};

}  // namespace grader::observe
