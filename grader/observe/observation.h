#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "grader/observe/outcome.h"
#include "grader/observe/process.h"
#include "grader/observe/processor_use.h"
#include "grader/observe/schedule.h"
#include "grader/sandbox/spawner.h"

namespace grader::observe {

// How closely a run is watched. Watching changes timing, so no check relies on watched runs alone.
enum class TraceLevel {
  kNone,       // no tracer at all: outcome, output, usage, strays
  kLifecycle,  // processes, threads, reaping, IPC creation, deadlock
  kBlocking,   // also each blocking call, and whether it blocked
};

// Output kept up to a cap: the head and the tail.
struct Captured {
  std::string head;
  std::string tail;            // empty unless something was left out
  std::uint64_t left_out = 0;  // bytes between head and tail

  bool complete() const { return left_out == 0; }
  std::string text() const { return head + tail; }  // callers that need the whole check complete() first
};

// A system call that was seen (TraceLevel decides which).
struct Call {
  int process = 0;  // index
  pid_t tid = 0;    // as seen inside
  int number = 0;   // SYS_…
  std::uint64_t arguments[6] = {};
  bool returned = false;    // false: it never came back, or was still inside when the run ended
  std::int64_t result = 0;  // as the kernel gives it: -errno for an error
  bool blocked = false;     // it went to sleep in the kernel
  std::string subject;      // a path, queue or shared memory name, where there is one
  Moment at;
  Moment returned_at;  // if it returned
};

// A line of output with the moment at which the grader read its end.
struct LineMoment {
  std::string line;
  Moment at;
};

enum class LeftoverKind { kSharedMemory, kMessageQueue, kSystemV, kTemporaryFile };
struct Leftover {
  LeftoverKind kind;
  std::string name;  // "/dev/shm/sem.lab7"
};

// Everything that is known about a finished run.
struct Observation {
  sandbox::Command command;
  std::string title;  // of the request
  TraceLevel level = TraceLevel::kLifecycle;
  Outcome outcome;
  std::optional<Deadlock> partial_deadlock;  // some tasks were stuck to the end, though the run ended otherwise
  Captured out;
  Captured err;
  std::vector<LineMoment> lines;  // of stdout; bounded, for checks on order and pace
  std::vector<ProcessRecord> processes;
  std::vector<Call> calls;                     // in the order of their entries; the first ones, up to a bound
  std::vector<ProcessorSample> processor_use;  // if RunRequest::keep_processor_use
  std::vector<Stretch> stretches;              // one for each intervention that was asked for
  std::vector<ScheduleStep> steps;             // of a scheduled run; the last ones, up to a bound
  std::vector<Leftover> leftovers;             // kernel objects and temporary files that nobody removed
  // By name, the content of those RunRequest::collect that are regular files, once everything is dead; without
  // following links, and none above limits.file_size.
  std::map<std::string, std::string> collected;
  sandbox::Usage usage;
  Moment program_ended;  // of the first process
  Moment ended;          // of the last one
};

}  // namespace grader::observe
