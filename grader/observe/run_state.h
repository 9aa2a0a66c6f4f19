// What the threads of one run share.
#pragma once

#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "grader/observe/deadlock_proof.h"
#include "grader/observe/journal.h"
#include "grader/observe/observation.h"
#include "grader/observe/output_capture.h"
#include "grader/observe/process_table.h"
#include "grader/observe/step_log.h"
#include "grader/observe/system_v_objects.h"
#include "grader/observe/task_view.h"
#include "grader/os/event_fd.h"

namespace grader::observe {

// Bytes on their way to the program's stdin.
struct Input {
  std::string pending;
  bool close_when_written = false;
};

// Tasks to be held at their next stop, and the stacks of those that are. They never go on.
struct Freeze {
  std::map<pid_t, TaskPlace> wanted;  // by the machine's thread id; still without a stack
  std::map<pid_t, StackSnapshot> stacks;

  bool complete() const { return stacks.size() >= wanted.size(); }
};

// Three threads meet here: the tracer (ptrace stops), the monitor (output, limits, time, the end) and the caller of
// Run. All members but the conditions and wake are guarded by mutex.
struct RunState {
  RunState(SteadyTime now, os::Bytes output_bound)
      : journal(now), table([this] { return journal.Now(); }), out(output_bound), err(output_bound) {}

  // Ends the run with this outcome unless something else came first: what happens after the program's own end does not
  // change how it ended, except for what only shows what had happened before.
  void EndAs(Outcome outcome);

  std::mutex mutex;
  std::condition_variable changed;  // anything the caller may wait for
  std::condition_variable over;     // ended has its value
  os::EventFd wake;                 // something for the monitor to look at

  Journal journal;
  ProcessTable table;
  std::vector<Call> calls;
  std::vector<ProcessorSample> processor_use;
  std::vector<Stretch> stretches;
  StepLog steps;
  std::vector<SocketPair> socket_pairs;
  SystemVObjects system_v;
  OutputCapture out;
  OutputCapture err;
  Input input;

  std::optional<Moment> program_ended;  // it began to end; its descriptors are closed later
  bool program_gone = false;            // and now they are: the sandbox's init has its status
  std::optional<Moment> ended;          // everything is dead and read
  std::optional<Outcome> cause;         // what ended the run before the program did; the first stays
  bool stop_requested = false;
  bool output_held = false;    // stdout is not to be read
  bool places_wanted = false;  // where everybody is when it is stopped
  bool finishing = false;      // the caller has nothing more to say
  bool everybody_asleep = false;
  bool others_asleep = false;
  bool tracer_done = true;
  bool dozing = false;  // the monitor looks rarely, because nothing moves
  Freeze freeze;

  sandbox::Usage usage;  // at the last look

  std::optional<DeadlockProof> deadlock;         // of the whole program
  std::vector<DeadlockProof> partial_deadlocks;  // of some tasks each
  std::set<pid_t> stuck_tasks;                   // those of partial_deadlocks, by the machine's thread id

  std::exception_ptr fault;  // the grader's or the machine's, told by Finish()
};

}  // namespace grader::observe
