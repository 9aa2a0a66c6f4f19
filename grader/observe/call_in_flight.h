#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace grader::observe {

// A traced system call a task is in.
struct CallInFlight {
  int number = 0;
  std::uint64_t arguments[6] = {};
  std::uint64_t switches = 0;         // voluntary switches at its entry, where it may block
  std::optional<std::size_t> record;  // index into Observation::calls; empty if not kept
};

}  // namespace grader::observe
