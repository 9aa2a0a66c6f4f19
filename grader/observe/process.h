// What is known of each process and thread of a run.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "grader/observe/moment.h"
#include "grader/observe/stack.h"

namespace grader::observe {

// How a process ended, as waitpid(2) tells it.
struct ExitStatus {
  bool signaled = false;
  int code = 0;  // exit code, or the signal's number
  friend bool operator==(const ExitStatus&, const ExitStatus&) = default;
};

enum class Creation { kFirst, kFork, kVfork, kClone };

enum class ReapedBy {
  kNobody,   // still a zombie, or alive, when the run ended
  kParent,   // by a wait call of its parent
  kKernel,   // SIGCHLD was ignored: never a zombie (sigaction(2), SA_NOCLDWAIT)
  kInit,     // by the adopter, after its parent had ended
  kUnknown,  // reaped, by whom was not seen (untraced run)
};

struct OpenDescriptor {
  int number = 0;
  std::string target;  // as readlink(2) of /proc/PID/fd shows it: "pipe:[123]", "/work/x"
};

struct ThreadRecord {
  pid_t tid = 0;  // as seen inside
  Moment started;
  std::optional<Moment> ended;
  std::chrono::microseconds cpu_time{0};  // of one that ended; in a watched run
};

// How the processor was used, for telling sleeping, polling and busy waiting apart.
struct Activity {
  std::chrono::microseconds cpu_time{0};
  std::uint64_t voluntary_switches = 0;  // times it went to sleep (getrusage(2), ru_nvcsw)
  // Samples taken every few milliseconds of fair time while it lived.
  std::uint64_t samples_running = 0;      // on a processor or ready
  std::uint64_t samples_asleep = 0;       // blocked until something happens
  std::uint64_t samples_timed_sleep = 0;  // in nanosleep or another wait with a timeout
};

struct ProcessRecord {
  int index = 0;    // its place in Observation::processes; 0 is the program's first process
  pid_t pid = 0;    // as seen inside, so as the program prints it
  int parent = -1;  // index of the process that created it; -1 for the first
  Creation creation = Creation::kFirst;
  Stack created_at;              // the parent's stack at the fork; empty if untraced or not kept
  std::string program;           // what it last exec'd, as a path inside
  std::optional<Moment> execed;  // when; nothing if it goes on with the program that it began with

  Moment started;
  std::optional<Moment> ended;
  std::optional<ExitStatus> status;

  ReapedBy reaped_by = ReapedBy::kNobody;
  std::optional<pid_t> reaping_thread;  // tid inside of the caller of wait, where seen
  std::optional<Moment> reaped;
  std::chrono::microseconds zombie_for{0};  // fair time from its end until reaped, or until its parent or the run ended
  std::uint64_t parent_wakeups_as_zombie = 0;  // times its parent ran anew meanwhile
  bool left_as_zombie = false;                 // its parent ended without having reaped it
  bool orphaned = false;                       // its parent ended while it lived
  bool outlived_program = false;               // alive at the end of the first process
  bool killed_by_grader = false;               // still alive when the run was ended
  // An Intervention killed it. That, and what becomes of its children, is not the program's doing.
  bool killed_on_purpose = false;
  Stack ended_at;  // where it was when a signal of its own doing killed it (SIGSEGV, SIGABRT, …)

  std::vector<ThreadRecord> threads;  // the first is the process's main thread
  Activity activity;
  std::vector<OpenDescriptor> open_at_start;  // after exec
  std::vector<OpenDescriptor> open_at_exit;
};

// Whether its parent waited for it. Which of zombie and orphan a child becomes that nobody waits for is a matter of
// timing; that nobody waited is not.
bool WaitedFor(const ProcessRecord& process);

// Whether its parent ended without having waited for it, dead or alive.
bool LeftBehind(const ProcessRecord& process);

}  // namespace grader::observe
