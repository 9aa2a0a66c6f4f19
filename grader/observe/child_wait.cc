#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>

#include "grader/observe/wait_context.h"

namespace grader::observe {
namespace {

void AddProcess(const WaitContext& context, pid_t host_pid, Wait& wait) {
  for (const TaskView* view : context.TasksOf(host_pid)) {
    wait.wakers.push_back({Waker::Role::kChild, view->host_tid, -1});
  }
}

// The id inside of the one child waited for, or 0 for several.
pid_t AwaitedChild(const SleepingCall& call) {
  if (call.number == SYS_wait4) return std::max(call.descriptor(0), 0);
  return call.descriptor(0) == P_PID ? call.descriptor(1) : 0;
}

}  // namespace

Wait ReadChildWait(const WaitContext& context, const TaskView& task, const SleepingCall& call) {
  const pid_t awaited = AwaitedChild(call);
  Wait wait = WaitForAnybody(WaitKind::kChild, "the end of a child");
  bool has_zombie = false;
  for (const pid_t child : context.tree().ChildrenOf(task.host_tgid)) {
    const auto& tasks = context.TasksOf(child);
    if (context.tree().processes.at(child).zombie() || tasks.empty()) {
      has_zombie = true;
    } else if (awaited == 0 || tasks.front()->pid == awaited) {
      AddProcess(context, child, wait);
    }
  }
  // A zombie has no name inside any more; it may be the one that is waited for, and then the wait is about to end.
  const bool found = !wait.wakers.empty();
  if (!found || (awaited == 0 && has_zombie)) return LiveWait("a child that has ended");
  if (awaited != 0) wait.owner_tid = awaited;
  return wait;
}

Wait ReadVforkWait(const WaitContext& context, const TaskView& task) {
  Wait wait = WaitForAnybody(WaitKind::kVfork, "its vfork child to exec or end");
  for (const pid_t child : context.tree().ChildrenOf(task.host_tgid)) AddProcess(context, child, wait);
  return wait.wakers.empty() ? LiveWait("a vfork child that has ended") : wait;
}

}  // namespace grader::observe
