#include "grader/observe/call_recorder.h"

#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include "grader/observe/task_files.h"
#include "grader/observe/task_memory.h"
#include "grader/observe/traced_calls.h"
#include "grader/os/pidfd.h"

namespace grader::observe {
namespace {

using std::chrono::steady_clock;

// A path or name among the arguments, where the call has one.
std::string SubjectAtEntry(const Task& task, const CallInFlight& call) {
  switch (call.number) {
    case SYS_mq_open:
    case SYS_mq_unlink:
    case SYS_memfd_create:
    case SYS_mknod:
      return ReadString(task.identity.host_tid, call.arguments[0]);
    case SYS_mknodat:
      return ReadString(task.identity.host_tid, call.arguments[1]);
    case SYS_mmap: {
      const int descriptor = static_cast<int>(call.arguments[4]);
      return descriptor < 0 ? std::string{} : ReadDescriptorTarget(task.identity.host_tid, descriptor);
    }
    default:
      return {};
  }
}

// A call that a signal interrupted ends for the program with EINTR, or is made anew: ERESTARTSYS and its kin are known
// to the kernel only.
std::int64_t AsTheProgramSeesIt(std::int64_t result) {
  constexpr std::int64_t kFirstRestart = -516;
  constexpr std::int64_t kLastRestart = -512;
  return result >= kFirstRestart && result <= kLastRestart ? -EINTR : result;
}

steady_clock::time_point After(const timeval& value, const timeval& interval) {
  if (value.tv_sec == 0 && value.tv_usec == 0) return steady_clock::time_point::min();
  if (interval.tv_sec != 0 || interval.tv_usec != 0) return steady_clock::time_point::max();
  constexpr std::chrono::seconds kSlack{1};  // for its delivery
  constexpr time_t kFarAway = 1'000'000;
  if (value.tv_sec > kFarAway) return steady_clock::time_point::max();
  return steady_clock::now() + std::chrono::seconds(value.tv_sec) + std::chrono::microseconds(value.tv_usec) + kSlack;
}

// A wait that only asks never sleeps.
bool MaySleep(int number, const std::uint64_t (&arguments)[6]) {
  if (number == SYS_wait4 && (arguments[2] & WNOHANG) != 0) return false;
  if (number == SYS_waitid && (arguments[3] & WNOHANG) != 0) return false;
  return MayBlock(number);
}

}  // namespace

bool IsGone(const Process& process) { return !process.pidfd || os::SendSignal(process.pidfd, 0) == ESRCH; }

std::uint64_t SlicesOf(const ProcessTable& table, const Process& process) {
  std::uint64_t slices = 0;
  for (const auto& [host_tid, task] : table.tasks()) {
    if (task.process != process.record.index) continue;
    if (const auto counters = ReadCounters(host_tid)) slices += counters->slices;
  }
  return slices;
}

void SweepReaped(ProcessTable& table, Process& parent) {
  const std::vector<int> children = parent.children;
  for (const int index : children) {
    Process& child = table.process(index);
    if (child.alive() || !IsGone(child)) continue;
    // Nobody but its parent's threads can reap a child while its parent lives (wait(2)).
    const bool vanished = child.parent_ignored_sigchld || parent.leaves_no_zombies();
    const ReapedBy by = vanished ? ReapedBy::kKernel : parent.alive() ? ReapedBy::kParent : ReapedBy::kInit;
    table.Reaped(child, {by, std::nullopt, SlicesOf(table, parent)});
  }
}

void CallRecorder::Entered(Task& task, const user_regs_struct& registers) {
  CallInFlight call;
  call.number = static_cast<int>(registers.orig_rax);
  const std::uint64_t arguments[6] = {registers.rdi, registers.rsi, registers.rdx,
                                      registers.r10, registers.r8,  registers.r9};
  std::ranges::copy(arguments, call.arguments);
  if (state_.calls.size() < kCalls && IsWatched(level_, call.number, arguments)) {
    call.record = state_.calls.size();
    Call& kept = state_.calls.emplace_back();
    kept.process = task.process;
    kept.tid = task.identity.tid;
    kept.number = call.number;
    std::ranges::copy(arguments, kept.arguments);
    kept.subject = SubjectAtEntry(task, call);
    kept.at = state_.journal.Now();
    if (MaySleep(call.number, arguments)) call.switches = ReadVoluntarySwitches(task.identity.host_tid);
  }
  task.call = call;
}

void CallRecorder::Returned(Task& task, const user_regs_struct& registers) {
  if (!task.call) return;
  const std::int64_t result = AsTheProgramSeesIt(static_cast<std::int64_t>(registers.rax));
  if (task.call->record) {
    Call& kept = state_.calls[*task.call->record];
    kept.returned = true;
    kept.returned_at = state_.journal.Now();
    kept.result = result;
    // One switch is the stop at the entry itself.
    if (MaySleep(kept.number, kept.arguments)) {
      kept.blocked = ReadVoluntarySwitches(task.identity.host_tid) >= task.call->switches + 2;
    }
  }
  switch (task.call->number) {
    case SYS_wait4:
    case SYS_waitid:
      Waited(task, result);
      break;
    case SYS_rt_sigaction:
      if (result == 0) NoteSigchldAction(task);
      break;
    case SYS_alarm:
    case SYS_setitimer:
    case SYS_timer_settime:
      if (result >= 0) NoteTimer(task);
      break;
    case SYS_socketpair:
      if (result == 0) NoteSocketPair(task);
      break;
    default:
      state_.system_v.Note(task.call->number, task.call->arguments[0], result);
  }
  task.call.reset();
}

// The kernel is asked who of the children is gone: then neither WNOWAIT, WUNTRACED nor a call without a place for its
// answer needs to be understood.
void CallRecorder::Waited(const Task& task, std::int64_t result) {
  const bool has_waited = task.call->number == SYS_wait4 ? result > 0 : result == 0;
  if (!has_waited) return;
  Process& parent = state_.table.process(task.process);
  const auto reaped = [&](Process& child) {
    const bool own = child.record.parent == task.process;
    state_.table.Reaped(child, {own ? ReapedBy::kParent : ReapedBy::kInit, task.identity.tid,
                                own ? SlicesOf(state_.table, parent) : 0});
  };
  const bool tells_nobody = task.call->number == SYS_waitid && task.call->arguments[2] == 0;
  if (tells_nobody) {
    const std::vector<int> children = parent.children;
    for (const int index : children) {
      Process& child = state_.table.process(index);
      if (!child.alive() && !child.parent_ignored_sigchld && IsGone(child)) reaped(child);
    }
    return;
  }
  pid_t pid = static_cast<pid_t>(result);
  if (task.call->number == SYS_waitid) {
    const auto info = ReadObject<siginfo_t>(task.identity.host_tid, task.call->arguments[2]);
    pid = info ? info->si_pid : 0;
  }
  Process* const child = pid > 0 ? state_.table.FindUnreaped(pid) : nullptr;
  if (child != nullptr && !child->alive() && IsGone(*child)) reaped(*child);
}

void CallRecorder::NoteSigchldAction(const Task& task) {
  // The kernel's struct sigaction: handler, flags, restorer, mask.
  struct KernelAction {
    std::uint64_t handler;
    std::uint64_t flags;
  };
  const auto action = ReadObject<KernelAction>(task.identity.host_tid, task.call->arguments[1]);
  if (!action) return;  // only asks
  Process& process = state_.table.process(task.process);
  process.ignores_sigchld = action->handler == reinterpret_cast<std::uint64_t>(SIG_IGN);
  process.no_child_wait = (action->flags & SA_NOCLDWAIT) != 0;
}

void CallRecorder::NoteTimer(const Task& task) {
  Process& process = state_.table.process(task.process);
  const pid_t tid = task.identity.host_tid;
  const std::uint64_t* const arguments = task.call->arguments;
  if (task.call->number == SYS_alarm) {
    process.itimer_until = After({static_cast<time_t>(arguments[0]), 0}, {});
  } else if (task.call->number == SYS_setitimer) {
    const auto timer = ReadObject<itimerval>(tid, arguments[1]);
    if (arguments[0] != ITIMER_REAL) return;
    process.itimer_until = timer ? After(timer->it_value, timer->it_interval) : steady_clock::time_point::max();
  } else {
    // A timer of timer_create(2): there may be several, so none is ever taken for disarmed.
    process.timers_until = steady_clock::time_point::max();
  }
}

void CallRecorder::NoteSocketPair(const Task& task) {
  const auto pair = ReadObject<std::array<int, 2>>(task.identity.host_tid, task.call->arguments[3]);
  if (!pair) return;
  const pid_t tid = task.identity.host_tid;
  const SocketPair sockets{ReadDescriptorInode(tid, (*pair)[0]), ReadDescriptorInode(tid, (*pair)[1])};
  if (sockets.first != 0 && sockets.second != 0) state_.socket_pairs.push_back(sockets);
}

}  // namespace grader::observe
