#include "grader/observe/rest.h"

#include <utility>
#include <vector>

#include "grader/observe/sleeping_call.h"
#include "grader/observe/task_files.h"
#include "grader/observe/task_tree.h"

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

}  // namespace

Rest RestWatch::Look(pid_t init, const Known& known) {
  const auto before = std::exchange(counters_, {});
  const auto tree = ReadTaskTree(init);
  if (!tree) return Rest::kMoving;
  Rest found = known.alarmed ? Rest::kTimed : Rest::kStill;
  std::vector<pid_t> living;
  for (const auto& [host_pid, process] : tree->processes) {
    if (process.zombie() && known.alive.contains(host_pid)) found = Rest::kMoving;
    for (const TaskTree::Thread& thread : process.threads) {
      if (thread.ended()) continue;
      living.push_back(thread.host_tid);
      if (found == Rest::kMoving) continue;
      if (const Rest rest = RestOf(thread); rest != Rest::kStill) found = rest;
    }
  }
  for (const pid_t host_tid : living) counters_[host_tid] = files_.Read(host_tid);
  files_.KeepOnly(living);
  return !living.empty() && counters_ == before ? found : Rest::kMoving;
}

}  // namespace grader::observe
