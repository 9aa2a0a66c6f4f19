// Lets stopped tasks go on: freely, by counted steps, later, or one at a time.
#pragma once

#include <sys/user.h>

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "grader/observe/call_recorder.h"
#include "grader/observe/divided_instruction.h"
#include "grader/observe/interventions.h"
#include "grader/observe/mapped_ranges.h"
#include "grader/observe/quiet.h"
#include "grader/observe/run_state.h"
#include "grader/observe/scheduler.h"

namespace grader::observe {

struct RunRequest;

// Used by the tracing thread, with the state's mutex held, on tasks that are stopped and whose stop has been entered in
// the books. A task that is held stays stopped until Direct() lets it go on.
//
// With a schedule one task at a time is on its way from one traced call to the next. Whoever else comes to a stop, a
// new task or one that was woken, is held there; when all that are not held sleep, somebody is chosen.
class Director {
 public:
  Director(RunState& state, CallRecorder& recorder, const RunRequest& request);

  // The task is at the entry of a traced call.
  void AtCallEntry(Task& task);

  // The task is about to return from a system call, or enters one while its calls are counted.
  void AtCallExit(Task& task);

  // The task has not run yet, or was stopped by a signal and is continued.
  void AtStart(Task& task);

  // A signal is about to be delivered. For SIGTRAP: unless it is a step of ours.
  void AtSignal(Task& task, int signal);

  // The task is where it need not be held: lets it go on to where it must be looked at next.
  void GoOn(Task& task, int signal = 0);

  // The task has ended or is about to, or its process runs another program now.
  void Ended(pid_t host_tid);
  void Dying(pid_t host_tid);

  // Whether somebody is held, so that Direct() must be called whenever no stop is left to handle.
  bool directs() const { return !held_.empty(); }

  // Lets somebody go on if it is time to. Whether it did.
  bool Direct();

 private:
  // For so long a task held by an intervention waits for others that sleep for a time.
  static constexpr std::chrono::milliseconds kTimedPatience{100};

  enum class Place { kStart, kCallEntry, kCallExit, kSignal };
  enum class By { kSchedule, kIntervention };

  struct Held {
    pid_t host_tid = 0;
    Place place = Place::kStart;
    By by = By::kSchedule;
    int signal = 0;
    user_regs_struct registers{};           // at a call's entry
    std::optional<std::size_t> until_hold;  // at a mark: the intervention's hold that must come first
    DividedInstruction next;                // that it is in the midst of
  };
  using Turn = std::vector<Held>::iterator;

  void Enter(Task& task, const user_regs_struct& registers);
  void HoldOrGoOn(Task& task, Held held);
  void Hold(Task& task, Held held);
  bool Stepped(Task& task);
  void Measure(pid_t host_tid, const user_regs_struct& registers);
  void Intervene(Task& task, Intervention::Action action, DividedInstruction next);

  bool FreeWhoWaitedForAHold();
  Turn Choose();
  Turn NextOfInterventions();
  bool IsTimeForHolds(Quiet::State others);
  void LetGo(Turn turn);
  void LetCall(Task& task, const Held& held);
  Scheduler::Name NameOf(const Task& task) const { return {task.process, task.thread}; }
  void Log(const Task& task, ScheduleStep::Kind kind, const user_regs_struct* call = nullptr);

  RunState& state_;
  CallRecorder& recorder_;
  Interventions interventions_;
  std::optional<Scheduler> scheduler_;
  Quiet quiet_;
  pid_t current_ = 0;                     // whose turn it is, by the schedule
  std::vector<Held> held_;                // in the order of their holding
  std::map<pid_t, std::size_t> to_keep_;  // tasks in the call of a mark, and the hold that must come first
  std::map<pid_t, std::uint64_t> last_address_;
  std::map<pid_t, TaskRanges> ranges_;  // of tasks whose stretches are measured, as they were at the mark
  std::optional<SteadyTime> timed_since_;
};

}  // namespace grader::observe
