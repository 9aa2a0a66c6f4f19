// Follows traced system calls from entry to exit: records them, and draws from them who was reaped by whom.
#pragma once

#include <sys/user.h>

#include "grader/observe/run_state.h"

namespace grader::observe {

// Called with the state's mutex held, while the task is stopped.
class CallRecorder {
 public:
  CallRecorder(RunState& state, TraceLevel level) : state_(state), level_(level) {}

  void Entered(Task& task, const user_regs_struct& registers);
  void Returned(Task& task, const user_regs_struct& registers);

  static constexpr std::size_t kCalls = 50'000;  // as many are kept

 private:
  void Waited(const Task& task, std::int64_t result);
  void NoteSigchldAction(const Task& task);
  void NoteTimer(const Task& task);
  void NoteSocketPair(const Task& task);

  RunState& state_;
  TraceLevel level_;
};

// Tells the table which of a process's dead children are reaped by now, as the kernel sees it, whatever call did it. A
// wait call that is about to return may tell more later.
void SweepReaped(ProcessTable& table, Process& parent);

// How often the threads of a process were put on a processor.
std::uint64_t SlicesOf(const ProcessTable& table, const Process& process);

// Whether the kernel has nothing left of a process, not even a zombie.
bool IsGone(const Process& process);

}  // namespace grader::observe
