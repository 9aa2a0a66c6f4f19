// What a wait status says about a tracee (ptrace(2), waitpid(2)).
#pragma once

#include "grader/observe/process.h"

namespace grader::observe {

struct Stop {
  enum class Kind {
    kGone,       // it is dead: status
    kSignal,     // a signal is about to be delivered: signal
    kGroupStop,  // stopped by SIGSTOP or the like
    kFirst,      // a new tracee before its first instruction, or one that goes on after a group stop
    kFork,
    kVfork,
    kClone,
    kExec,
    kExit,       // about to die; memory and descriptors are still there
    kCallEntry,  // at a traced system call
    kCallExit,
    kOther
  };
  Kind kind = Kind::kOther;
  int signal = 0;
  ExitStatus status;
};

Stop DecodeStop(int wait_status);

// The status of a task that ends, from a wait status without stop information.
ExitStatus DecodeExit(int wait_status);

}  // namespace grader::observe
