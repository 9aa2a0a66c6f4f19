#include "grader/observe/deadlock_watch.h"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "grader/observe/task_files.h"
#include "grader/os/ptrace.h"

namespace grader::observe {
namespace {

ino_t InodeOf(const os::Fd& fd) {
  struct stat status {};
  return fd && fstat(fd.get(), &status) == 0 ? status.st_ino : 0;
}

}  // namespace

DeadlockWatch::DeadlockWatch(RunState& state, sandbox::Sandbox& sandbox) : state_(state), sandbox_(sandbox) {
  fixed_.init = sandbox.init();
  fixed_.input_pipe = InodeOf(sandbox.Stdin());
  fixed_.output_pipes[0] = InodeOf(sandbox.Stdout());
  fixed_.output_pipes[1] = InodeOf(sandbox.Stderr());
}

RunView DeadlockWatch::ViewNow() {
  RunView view = fixed_;
  const std::lock_guard lock(state_.mutex);
  view.input_open = static_cast<bool>(sandbox_.Stdin());
  view.may_be_signaled = !state_.finishing;
  view.socket_pairs = state_.socket_pairs;
  for (const auto& [host_tid, task] : state_.table.tasks()) {
    const Process& process = state_.table.process(task.process);
    const auto alarmed_until = std::max(process.itimer_until, process.timers_until);
    view.tasks.push_back(
        {task.process, host_tid, task.identity.host_tgid, task.identity.tid, process.record.pid, alarmed_until});
  }
  return view;
}

void DeadlockWatch::Look(SteadyTime now) {
  if (now < next_look_) return;
  observe::Look look = detector_.Watch(ViewNow());
  next_look_ = now + look.next;
  if (!look.proof) return;
  if (look.state != observe::Look::State::kDeadlocked) {
    const std::lock_guard lock(state_.mutex);
    for (const WaitingTask& stuck : look.proof->stuck) state_.stuck_tasks.insert(stuck.task.host_tid);
    state_.partial_deadlocks.push_back(std::move(*look.proof));
    return;
  }
  std::set<pid_t> stuck;
  for (const WaitingTask& waiting : look.proof->stuck) stuck.insert(waiting.task.host_tid);
  Hold(stuck);
  const std::lock_guard lock(state_.mutex);
  state_.EndAs(Deadlocked{});
  state_.deadlock = std::move(look.proof);
}

void DeadlockWatch::HoldStuckTasks() {
  std::set<pid_t> stuck;
  {
    const std::lock_guard lock(state_.mutex);
    for (const pid_t host_tid : state_.stuck_tasks) {
      if (state_.table.Find(host_tid) != nullptr) stuck.insert(host_tid);
    }
  }
  Hold(stuck);
}

void DeadlockWatch::HoldAllTasks() {
  std::set<pid_t> all;
  {
    const std::lock_guard lock(state_.mutex);
    for (const auto& [host_tid, task] : state_.table.tasks()) all.insert(host_tid);
  }
  Hold(all);
}

// A task in an uninterruptible wait (vfork(2)) does not come; then the others' stacks must do.
void DeadlockWatch::Hold(const std::set<pid_t>& tasks) {
  constexpr std::chrono::milliseconds kPatience{100};
  std::unique_lock lock(state_.mutex);
  for (const pid_t host_tid : tasks) {
    const Task* const task = state_.table.Find(host_tid);
    if (task == nullptr || state_.freeze.wanted.contains(host_tid)) continue;
    const char doing = ReadState(host_tid);
    state_.freeze.wanted[host_tid] = {task->process, task->identity.tid, doing == 'S' || doing == 'D', {}};
    os::AskToStop(task->identity.host_tgid, host_tid);
  }
  state_.changed.wait_for(lock, kPatience, [this] { return state_.freeze.complete(); });
}

}  // namespace grader::observe
