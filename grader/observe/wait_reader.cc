#include <sys/syscall.h>

#include <string>

#include "grader/observe/task_files.h"
#include "grader/observe/wait_context.h"

namespace grader::observe {
namespace {

// A timer that is due is given this long to have sent its signal.
constexpr std::chrono::milliseconds kTimerSlack{50};

bool IsAlarmed(const TaskView& task) {
  constexpr auto kNever = std::chrono::steady_clock::time_point::min();
  constexpr auto kForever = std::chrono::steady_clock::time_point::max();
  if (task.alarmed_until == kNever) return false;
  if (task.alarmed_until == kForever) return true;
  return std::chrono::steady_clock::now() < task.alarmed_until + kTimerSlack;
}

Wait ReadSignalWait(const WaitContext& context, const TaskView& task) {
  if (context.run().may_be_signaled && task.process == 0) return LiveWait("a signal from outside");
  return WaitForAnybody(WaitKind::kSignal, "a signal");
}

Wait ReadQueueWait(const TaskView& task, const SleepingCall& call) {
  // The link in /proc is the queue's name as mq_open(3) wants it.
  const std::string name = ReadDescriptorTarget(task.host_tid, call.descriptor(0));
  const bool receives = call.number == SYS_mq_timedreceive;
  Wait wait = WaitForAnybody(WaitKind::kMessageQueue,
                             receives ? "a message in the empty queue " + name : "room in the full queue " + name);
  wait.descriptor = call.descriptor(0);
  return wait;
}

Wait ReadSystemVWait(const SleepingCall& call) {
  const std::string id = std::to_string(call.descriptor(0));
  switch (call.number) {
    case SYS_msgrcv:
      return WaitForAnybody(WaitKind::kMessageQueue, "a message in the System V queue " + id);
    case SYS_msgsnd:
      return WaitForAnybody(WaitKind::kMessageQueue, "room in the System V queue " + id);
    default:
      return WaitForAnybody(WaitKind::kSemaphore, "the System V semaphore set " + id);
  }
}

Wait ReadIpcWait(WaitContext& context, const TaskView& task, const SleepingCall& call) {
  switch (call.number) {
    case SYS_mq_timedreceive:
    case SYS_mq_timedsend:
      return ReadQueueWait(task, call);
    case SYS_semop:
    case SYS_semtimedop:
    case SYS_msgrcv:
    case SYS_msgsnd:
      return ReadSystemVWait(call);
    case SYS_pause:
    case SYS_rt_sigsuspend:
    case SYS_rt_sigtimedwait:
      return ReadSignalWait(context, task);
    case SYS_wait4:
    case SYS_waitid:
      return ReadChildWait(context, task, call);
    case SYS_flock:
    case SYS_fcntl:
      return ReadFileLockWait(context, task, call);
    case SYS_open:
    case SYS_openat:
      return ReadOpenWait(task, call);
    default:
      return LiveWait("system call " + std::to_string(call.number));
  }
}

Wait ReadCallWait(WaitContext& context, const TaskView& task, const SleepingCall& call) {
  switch (call.number) {
    case SYS_futex:
      return ReadFutexWait(context, task, call);
    case SYS_read:
    case SYS_readv:
    case SYS_recvfrom:
    case SYS_recvmsg:
    case SYS_accept:
    case SYS_accept4:
      return ReadTransferWait(context, task, call.descriptor(0), Direction::kRead);
    case SYS_write:
    case SYS_writev:
    case SYS_sendto:
    case SYS_sendmsg:
      return ReadTransferWait(context, task, call.descriptor(0), Direction::kWrite);
    case SYS_poll:
    case SYS_ppoll:
    case SYS_select:
    case SYS_pselect6:
    case SYS_epoll_wait:
    case SYS_epoll_pwait:
    case SYS_epoll_pwait2:
      return ReadPollWait(context, task, call);
    default:
      return ReadIpcWait(context, task, call);
  }
}

}  // namespace

Wait ReadWait(WaitContext& context, const TaskView& task, char state) {
  if (state != 'S' && state != 'D') return LiveWait(std::string("state ") + state);
  if (IsAlarmed(task)) return LiveWait("an armed timer");
  const auto call = ReadSleepingCall(task.host_tid);
  if (!call) return LiveWait("not in a system call");
  if (EndsByTime(*call)) return LiveWait("a wait with a timeout");
  if (AwaitsVforkChild(*call)) return ReadVforkWait(context, task);
  // Uninterruptible sleep is for the machine: a disk, a page.
  if (state == 'D') return LiveWait("the machine");
  return ReadCallWait(context, task, *call);
}

}  // namespace grader::observe
