// The processes and threads of a run: who made whom, who is alive, who was reaped. Pure book-keeping: it makes no
// system calls but to close descriptors, so every order of events can be tried in tests. Not thread-safe.
//
// A tracer hears of a new task twice, from the task's own first stop and from its creator's event, in either order; the
// task may even be dead before its creator's event is heard, because waitpid(2) reports in no order of time. So a task
// is entered at whichever comes first, and "claimed" by its creator's event.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "grader/observe/call_in_flight.h"
#include "grader/observe/process.h"
#include "grader/observe/stack_snapshot.h"
#include "grader/observe/task_files.h"
#include "grader/os/fd.h"

namespace grader::observe {

// A living thread.
struct Task {
  TaskIdentity identity;
  int process = 0;             // index
  std::size_t thread = 0;      // index into its process's record's threads
  bool claimed = false;        // its creator's event was heard
  bool in_group_stop = false;  // stopped by a signal
  bool held = false;           // kept stopped by the observer, which will let it go on
  std::optional<CallInFlight> call;
  TaskCounters counters;  // at the last look
  StackSnapshot crash;    // where it was when it got a signal that usually kills
  int crash_signal = 0;
};

// A process that lives, is a zombie, or was.
struct Process {
  ProcessRecord record;
  pid_t host_pid = 0;
  os::Fd pidfd;  // until it is known to be reaped
  int living_threads = 0;
  std::vector<int> children;  // indices of those not reaped

  // Until when alarm(2) or setitimer(2), and timers of timer_create(2), may send a signal; max() if without end.
  std::chrono::steady_clock::time_point itimer_until = std::chrono::steady_clock::time_point::min();
  std::chrono::steady_clock::time_point timers_until = std::chrono::steady_clock::time_point::min();

  // sigaction(2): its dead children vanish at once. The flag alone is forgotten by exec, the disposition is not.
  bool ignores_sigchld = false;
  bool no_child_wait = false;

  bool parent_ignored_sigchld = false;  // when it ended
  std::uint64_t parent_slices = 0;      // times its parent had run when it ended
  StackSnapshot created_at;
  StackSnapshot ended_at;
  MapsText maps;  // the last seen

  bool alive() const { return !record.ended; }
  bool leaves_no_zombies() const { return ignores_sigchld || no_child_wait; }
};

class ProcessTable {
 public:
  explicit ProcessTable(std::function<Moment()> now) : now_(std::move(now)) {}

  // The first process, before it runs.
  Task& AddFirst(const TaskIdentity& identity);

  // A task that is not known yet was heard of by itself.
  Task& Appeared(const TaskIdentity& identity);

  // The creator's event. Returns the new task's process, which may be dead already.
  Process& Created(const Task& creator, const TaskIdentity& identity, Creation creation);

  // Whether a task of that id is in the table or was, unclaimed; if not, its identity is needed.
  bool Knows(pid_t host_tid) const;

  Task* Find(pid_t host_tid);

  // exec(3) replaced the program: all other threads are gone, and the caller has the leader's id now.
  Task& Execed(pid_t host_tgid, pid_t former_tid, std::string program);

  bool IsLastThread(const Task& task) const;

  // The thread has ended, its process goes on or is ended by EndProcess().
  void EndThread(pid_t host_tid);

  // The last thread is about to end or has. What of its children nobody reaped is a zombie or an orphan now; those that
  // are reaped must have been told before.
  void EndProcess(Process& process, std::optional<ExitStatus> status);

  struct Reaper {
    ReapedBy by = ReapedBy::kUnknown;
    std::optional<pid_t> thread;
    std::uint64_t parent_slices = 0;  // times the child's parent has run by now; 0 if not known
  };
  // The first word counts, but a reaping thread may be named later.
  void Reaped(Process& child, const Reaper& reaper);

  // The dead process of that id inside whose reaping thread is not known, if any.
  Process* FindUnreaped(pid_t pid);

  // Called once when the first process ends: who is alive outlives it.
  void MarkOutliving();
  // Called before the grader kills everything.
  void MarkKilled();

  // The sandbox is gone: who was not known to be dead is, and no zombie is left.
  void CloseBooks();

  std::size_t processes_alive() const { return processes_alive_; }
  const Process& process(int index) const { return processes_[static_cast<std::size_t>(index)]; }
  Process& process(int index) { return processes_[static_cast<std::size_t>(index)]; }
  std::deque<Process>& processes() { return processes_; }
  std::map<pid_t, Task>& tasks() { return tasks_; }
  const std::map<pid_t, Task>& tasks() const { return tasks_; }

 private:
  Task& AddTask(const TaskIdentity& identity);
  Process& AddProcess(const TaskIdentity& identity);
  void SetParent(Process& child, int parent);
  void Forget(Process& child);
  static bool IsSettled(const ProcessRecord& record);

  std::function<Moment()> now_;
  std::deque<Process> processes_;
  std::map<pid_t, Task> tasks_;                    // by the machine's thread id, the living ones
  std::unordered_map<pid_t, int> by_host_pid_;     // the last process of that id
  std::unordered_map<pid_t, int> by_pid_;          // the same by the id inside
  std::unordered_map<pid_t, int> unclaimed_dead_;  // tasks that died before their creator's event, and their process
  std::size_t processes_alive_ = 0;
};

}  // namespace grader::observe
