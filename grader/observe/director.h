// Lets stopped tasks go on: freely, by counted steps, or not yet.
#pragma once

#include <sys/user.h>

#include <chrono>
#include <optional>
#include <vector>

#include "grader/observe/interventions.h"
#include "grader/observe/quiet.h"
#include "grader/observe/run_state.h"

namespace grader::observe {

struct RunRequest;

// Used by the tracing thread, with the state's mutex held, on tasks that are stopped.
class Director {
 public:
  Director(RunState& state, const RunRequest& request);

  // The task is at the entry of a traced call: notes what the call means here.
  void CallEntered(const Task& task, const user_regs_struct& registers);

  // The task is about to return from a system call: lets it go on, or intervenes.
  void CallReturned(Task& task);

  // The task stopped for SIGTRAP: whether this was a step of ours, after which it has gone on or was intervened with.
  bool Stepped(Task& task);

  // Lets the task go on to where it must be looked at next, delivering the signal.
  void GoOn(Task& task, int signal = 0);

  // The task has ended or is about to, or its process runs another program now.
  void Ended(pid_t host_tid);
  void Dying(pid_t host_tid);

  // Whether somebody is held, so that Direct() must be called whenever no stop is left to handle.
  bool directs() const { return !held_.empty(); }

  // Lets somebody go on if it is time to. Whether it did.
  bool Direct();

 private:
  // For so long a held task waits for others that sleep for a time.
  static constexpr std::chrono::milliseconds kTimedPatience{100};

  // A task that is kept stopped, until everybody else has come to rest, or the hold it waits for has begun.
  struct Held {
    pid_t host_tid = 0;
    std::optional<std::size_t> until_hold;
  };

  void Intervene(Task& task, Intervention::Action action);
  void Hold(Task& task, std::optional<std::size_t> until_hold);
  void LetGo(std::vector<Held>::iterator held);
  bool HasRestCome();

  RunState& state_;
  Interventions interventions_;
  Quiet quiet_;
  std::vector<Held> held_;                // in the order of their holding
  std::map<pid_t, std::size_t> to_keep_;  // tasks in the call of a mark, and the hold to come before they go on
  std::map<pid_t, std::uint64_t> last_address_;
  std::optional<SteadyTime> timed_since_;
};

}  // namespace grader::observe
