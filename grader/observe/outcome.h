#pragma once

#include <string>
#include <variant>

#include "grader/observe/deadlock.h"
#include "grader/observe/process.h"
#include "grader/sandbox/limits.h"

namespace grader::observe {

// How a run ended; the first cause wins.
struct Exited {
  int code = 0;
};
struct Signaled {
  int signal = 0;
  Stack stack;
};  // where it was, if it could be read
struct Deadlocked {
  Deadlock deadlock;
};
struct OutOfTime {
  sandbox::Limit limit = sandbox::Limit::kWallTime;
};  // CPU or wall time
struct OutOfMemory {};
struct TooManyProcesses {};
struct TooMuchOutput {};
struct CouldNotStart {
  int error = 0;
};                  // execve failed
struct Stopped {};  // ended by the check itself: Run::Stop()
struct GraderFault {
  std::string what;
};

using Outcome = std::variant<Exited, Signaled, Deadlocked, OutOfTime, OutOfMemory, TooManyProcesses, TooMuchOutput,
                             CouldNotStart, Stopped, GraderFault>;

// "SIGUSR1".
std::string SignalName(int signal);

// One plain sentence part for students: "ended with status 1", "was killed by SIGSEGV (invalid memory access)".
std::string Describe(const Outcome& outcome);

}  // namespace grader::observe
