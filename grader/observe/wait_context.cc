#include "grader/observe/wait_context.h"

#include <set>
#include <utility>

namespace grader::observe {

WaitContext::WaitContext(const RunView& run, const TaskTree& tree)
    : run_(run), tree_(tree), files_(tree), tcp_(run.tasks.empty() ? run.init : run.tasks.front().host_tid) {
  std::set<pid_t> ended;
  for (const auto& [pid, process] : tree.processes) {
    for (const TaskTree::Thread& thread : process.threads) {
      if (thread.ended()) ended.insert(thread.host_tid);
    }
  }
  for (const TaskView& task : run.tasks) {
    if (ended.contains(task.host_tid)) continue;
    by_tid_[task.tid] = &task;
    by_process_[task.host_tgid].push_back(&task);
  }
}

const TaskView* WaitContext::FindInside(pid_t tid) const {
  const auto task = by_tid_.find(tid);
  return task == by_tid_.end() ? nullptr : task->second;
}

const std::vector<const TaskView*>& WaitContext::TasksOf(pid_t host_pid) const {
  static const std::vector<const TaskView*> kNone;
  const auto tasks = by_process_.find(host_pid);
  return tasks == by_process_.end() ? kNone : tasks->second;
}

Wait LiveWait(std::string because) {
  Wait wait;
  wait.because = std::move(because);
  return wait;
}

Wait WaitForAnybody(WaitKind kind, std::string object) {
  Wait wait;
  wait.end = Wait::End::kAnybody;
  wait.kind = kind;
  wait.object = std::move(object);
  return wait;
}

}  // namespace grader::observe
