#include "grader/observe/rest.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "grader/observe/sleeping_call.h"
#include "grader/observe/task_files.h"
#include "grader/observe/task_tree.h"
#include "grader/observe/timed_wake.h"

namespace grader::observe {
namespace {

// The letter alone tells only that the task means to sleep; of its system call the kernel tells once it does.
Rest RestOf(const TaskTree::Thread& thread) {
  if (thread.state == 'T') return Rest::kStill;
  if (thread.state != 'S' && thread.state != 'D') return Rest::kMoving;
  const std::string text = ReadCallText(thread.host_tid);
  if (text.starts_with("running")) return Rest::kMoving;
  const auto call = ParseSleepingCall(text);
  if (thread.state == 'D' && !(call && AwaitsVforkChild(*call))) return Rest::kMoving;
  return call && EndsByTime(*call) ? Rest::kTimed : Rest::kStill;
}

// What the calls themselves do not tell.
bool TimeMayWake(pid_t host_pid, const TaskTree::Process& process) {
  const auto sleeps_for_a_time = [host_pid](const TaskTree::Thread& thread) {
    const auto call = thread.ended() ? std::nullopt : ReadSleepingCall(thread.host_tid);
    return call && SocketEndsIt(host_pid, *call);
  };
  return std::ranges::any_of(process.threads, sleeps_for_a_time) || HasArmedTimerFd(host_pid);
}

bool TimeMayWake(const TaskTree& tree, bool traced) {
  return std::ranges::any_of(tree.processes, [traced](const auto& each) {
    const auto& [host_pid, process] = each;
    return !process.zombie() && (TimeMayWake(host_pid, process) || (!traced && MayBeAlarmed(host_pid)));
  });
}

Rest RestOf(const TaskTree& tree, const RestWatch::Known& known) {
  Rest found = known.alarmed ? Rest::kTimed : Rest::kStill;
  for (const auto& [host_pid, process] : tree.processes) {
    if (process.zombie() && known.alive.contains(host_pid)) return Rest::kMoving;
    for (const TaskTree::Thread& thread : process.threads) {
      const Rest rest = thread.ended() ? Rest::kStill : RestOf(thread);
      if (rest == Rest::kMoving) return rest;
      if (rest == Rest::kTimed) found = rest;
    }
  }
  return found;
}

}  // namespace

Rest RestWatch::Look(pid_t init, const Known& known) {
  const auto before = std::exchange(counters_, {});
  const auto tree = ReadTaskTree(init);
  if (!tree) return Rest::kMoving;
  Rest found = RestOf(*tree, known);
  // A timer that went off before it was looked at has woken its task by now: so all are asked once more.
  if (found == Rest::kStill) found = TimeMayWake(*tree, known.traced) ? Rest::kTimed : RestOf(*tree, known);
  std::vector<pid_t> living;
  for (const auto& [host_pid, process] : tree->processes) {
    for (const TaskTree::Thread& thread : process.threads) {
      if (!thread.ended()) living.push_back(thread.host_tid);
    }
  }
  for (const pid_t host_tid : living) counters_[host_tid] = files_.Read(host_tid);
  files_.KeepOnly(living);
  return !living.empty() && counters_ == before ? found : Rest::kMoving;
}

}  // namespace grader::observe
