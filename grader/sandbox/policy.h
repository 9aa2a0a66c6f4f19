#pragma once

#include <vector>

namespace grader::sandbox {

// How the filter treats a run's system calls, besides those that are always denied.
struct Policy {
  // One system call at whose entry a tracer is told (SECCOMP_RET_TRACE). Without a tracer attached it would fail with
  // ENOSYS (seccomp(2)), so it is set only by the observer, which attaches before the program starts.
  struct Traced {
    int number = 0;
    // If argument >= 0: traced only when (args[argument] & mask) == value.
    int argument = -1;
    unsigned mask = 0;
    unsigned value = 0;
  };
  std::vector<Traced> traced;
};

}  // namespace grader::sandbox
