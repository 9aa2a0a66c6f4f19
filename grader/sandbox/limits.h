#pragma once

#include <chrono>

#include "grader/os/bytes.h"

namespace grader::sandbox {

// Limits on a whole sandbox, all its processes together, unless a member says otherwise.
struct Limits {
  std::chrono::milliseconds cpu_time{10'000};

  // Last resort against what neither ends nor computes nor is a proved deadlock. Counted in fair time: time in which
  // the sandbox was ready to run but the machine gave it no processor does not count.
  std::chrono::milliseconds wall_time{20'000};

  os::Bytes memory =
      os::MiB(512);       // of every kind: heap, tmpfs, shared memory, kernel buffers where a cgroup counts them
  int processes = 256;    // processes and threads alive at one moment
  int open_files = 1024;  // per process (RLIMIT_NOFILE)
  os::Bytes file_size = os::MiB(64);  // per file (RLIMIT_FSIZE)
  os::Bytes disk = os::MiB(128);      // /work, /tmp and /dev/shm, each
  os::Bytes output = os::MiB(4);      // of stdout and of stderr, each, before the run is ended as TooMuchOutput
};

// Which limit ended a run.
enum class Limit { kCpuTime, kWallTime, kMemory, kProcesses, kOutput };

}  // namespace grader::sandbox
