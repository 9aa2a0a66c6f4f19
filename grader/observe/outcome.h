#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <variant>
#include <vector>

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
// Where a task was when its run's time was up.
struct TaskPlace {
  int process = 0;  // index into Observation::processes
  pid_t tid = 0;    // as seen inside
  bool asleep = false;
  std::optional<int> call = {};  // the system call it was in; nothing if it was computing
  Stack stack;
};
struct OutOfTime {
  sandbox::Limit limit = sandbox::Limit::kWallTime;  // CPU or wall time
  std::vector<TaskPlace> places = {};                // of its tasks, as far as they could be read; none if untraced
};
struct OutOfMemory {};
struct TooManyProcesses {};
struct TooMuchOutput {};
struct CouldNotStart {
  int error = 0;
};                                     // execve failed
struct Stopped {                       // ended by the check itself: Run::Stop()
  std::vector<TaskPlace> places = {};  // as in OutOfTime, if that was asked for
};
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
