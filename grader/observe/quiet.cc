#include "grader/observe/quiet.h"

#include <algorithm>
#include <string>

#include "grader/observe/sleeping_call.h"
#include "grader/observe/task_files.h"

namespace grader::observe {

Quiet::State Quiet::Look(const ProcessTable& table) {
  if (AnyDying(table)) return State::kMoving;
  std::vector<pid_t> others;
  for (const auto& [host_tid, task] : table.tasks()) {
    if (!task.held) others.push_back(host_tid);
  }
  stillness_.Look(others);
  State found = State::kStill;
  for (const auto& [host_tid, task] : table.tasks()) {
    if (task.held && !IsStopped(host_tid)) return State::kMoving;
    if (task.held) continue;
    const State state = StateOf(table, task);
    if (state == State::kMoving && !ComputesLong(host_tid)) return State::kMoving;
    if (state == State::kMoving) {
      std::erase(others, host_tid);
      continue;
    }
    moving_.erase(host_tid);
    if (state == State::kTimed) found = State::kTimed;
  }
  const bool still = std::ranges::all_of(others, [this](pid_t host_tid) { return stillness_.IsStill(host_tid); });
  return still ? found : State::kMoving;
}

// One that is killed moves.
bool Quiet::IsStopped(pid_t host_tid) {
  const char state = ReadState(host_tid);
  return state == 't' || state == 'T';
}

bool Quiet::ComputesLong(pid_t host_tid) {
  if (const char state = ReadState(host_tid); state != 'R') return false;
  const auto counters = ReadCounters(host_tid);
  if (!counters) return false;
  const auto [since, is_new] = moving_.try_emplace(host_tid, counters->run);
  return counters->run - since->second >= kLongComputation;
}

// A task that dies wakes its parent as it becomes a zombie, or a little later, under a lock that every wait takes too.
bool Quiet::AnyDying(const ProcessTable& table) {
  const bool any = !dying_.empty();
  std::erase_if(dying_, [&](pid_t host_tid) {
    // The id is another one's by now: that of a thread that has executed a program in place of its dead leader.
    if (table.tasks().contains(host_tid)) return true;
    const char state = ReadState(host_tid);
    return state == 'Z' || state == 'X';
  });
  return any;
}

// The letter alone tells only that the task means to sleep; of its system call the kernel tells once it does. Stopped
// by a signal, it is a tracer's and has none. Uninterruptible sleep is short, for the machine, except for that of
// vfork(2).
Quiet::State Quiet::StateOf(const ProcessTable& table, const Task& task) {
  if (task.in_group_stop) return State::kStill;
  const char state = ReadState(task.identity.host_tid);
  if (state == 'Z' || state == 'X') return State::kStill;  // a main thread that has ended before the others
  if (state != 'S' && state != 'D') return State::kMoving;
  const std::string text = ReadCallText(task.identity.host_tid);
  if (text.starts_with("running")) return State::kMoving;
  const auto call = ParseSleepingCall(text);
  if (state == 'D' && !(call && AwaitsVforkChild(*call))) return State::kMoving;
  const Process& process = table.process(task.process);
  const bool alarmed = std::max(process.itimer_until, process.timers_until) > std::chrono::steady_clock::now();
  return alarmed || (call && EndsByTime(*call)) ? State::kTimed : State::kStill;
}

}  // namespace grader::observe
