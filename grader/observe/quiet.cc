#include "grader/observe/quiet.h"

#include <algorithm>

#include "grader/observe/sleeping_call.h"
#include "grader/observe/task_files.h"

namespace grader::observe {

Quiet::State Quiet::Look(const ProcessTable& table) {
  if (AnyDying()) return State::kMoving;
  std::vector<const Task*> others;
  for (const auto& [host_tid, task] : table.tasks()) {
    if (!task.held) others.push_back(&task);
  }
  if (!std::ranges::all_of(others, [](const Task* task) { return IsAsleep(*task); })) return State::kMoving;
  std::vector<pid_t> tids;
  for (const Task* task : others) tids.push_back(task->identity.host_tid);
  if (!stillness_.Look(tids) && !tids.empty()) return State::kMoving;
  const bool timed = std::ranges::any_of(others, [&](const Task* task) { return WakesByTime(table, *task); });
  return timed ? State::kTimed : State::kStill;
}

// A task that dies wakes its parent as it becomes a zombie, or a little later, under a lock that every wait takes too.
bool Quiet::AnyDying() {
  std::erase_if(dying_, [](pid_t host_tid) {
    const char state = ReadState(host_tid);
    return state == 'Z' || state == 'X';
  });
  return !dying_.empty();
}

// Uninterruptible sleep is short, for the machine, except for that of vfork(2).
bool Quiet::IsAsleep(const Task& task) {
  if (task.in_group_stop) return true;
  const char state = ReadState(task.identity.host_tid);
  if (state == 'Z' || state == 'X') return true;  // a main thread that has ended before the others
  if (state == 'S') return true;
  if (state != 'D') return false;
  const auto call = ReadSleepingCall(task.identity.host_tid);
  return call && AwaitsVforkChild(*call);
}

bool Quiet::WakesByTime(const ProcessTable& table, const Task& task) {
  const Process& process = table.process(task.process);
  const auto now = std::chrono::steady_clock::now();
  if (process.itimer_until > now || process.timers_until > now) return true;
  const auto call = ReadSleepingCall(task.identity.host_tid);
  return call && EndsByTime(*call);
}

}  // namespace grader::observe
