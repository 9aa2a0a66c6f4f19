#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "grader/observe/process.h"

namespace grader::observe {

// What lives in a run at one moment. A true picture only of who is at rest; who ran meanwhile may be missing.
struct Glimpse {
  struct Thread {
    pid_t tid = 0;  // as seen inside
    char state = 'X';
    long call = -1;       // the system call it sleeps in (SYS_…); -1 if none
    int descriptor = -1;  // that call's first argument
  };
  struct Process {
    pid_t pid = 0;  // as seen inside, like parent
    pid_t parent = 0;
    bool zombie = false;
    std::vector<Thread> threads;  // living ones
    std::vector<OpenDescriptor> descriptors;
    std::chrono::microseconds cpu_time{0};  // of its living threads
    std::uint64_t slices = 0;               // times they were put on a processor
  };
  std::vector<Process> processes;

  std::size_t living() const;
  std::size_t zombies() const;
  std::size_t threads() const;  // of all living processes
  std::size_t descriptors() const;
};

Glimpse ReadGlimpse(pid_t init);

// The text of /proc/PID/fdinfo/N of a process, named as inside; empty if there is none.
std::string ReadDescriptorInfoInside(pid_t init, pid_t pid, int descriptor);

}  // namespace grader::observe
