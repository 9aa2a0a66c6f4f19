#include "grader/observe/step_log.h"

#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <string>
#include <utility>

#include "grader/observe/task_files.h"
#include "grader/observe/task_memory.h"

namespace grader::observe {
namespace {

// Where a call has its path; -1 if it has none.
int PathArgument(int call) {
  switch (call) {
    case SYS_open:
    case SYS_creat:
    case SYS_unlink:
    case SYS_rename:
    case SYS_link:
    case SYS_access:
    case SYS_stat:
    case SYS_lstat:
    case SYS_truncate:
    case SYS_mkdir:
    case SYS_rmdir:
    case SYS_mknod:
    case SYS_mq_open:
    case SYS_mq_unlink:
    case SYS_memfd_create:
    case SYS_execve:
      return 0;
    case SYS_openat:
    case SYS_unlinkat:
    case SYS_renameat:
    case SYS_renameat2:
    case SYS_linkat:
    case SYS_faccessat:
    case SYS_faccessat2:
    case SYS_newfstatat:
    case SYS_statx:
    case SYS_mkdirat:
    case SYS_mknodat:
      return 1;
    default:
      return -1;
  }
}

std::string FirstBytes(pid_t host_tid, std::uint64_t address, std::uint64_t size) {
  constexpr std::uint64_t kShown = 24;
  std::array<std::byte, kShown> bytes{};
  const auto wanted = std::span(bytes).first(std::min(size, kShown));
  const std::size_t got = ReadMemory(host_tid, address, wanted);
  return {reinterpret_cast<const char*>(bytes.data()), got};
}

}  // namespace

void StepLog::Add(ScheduleStep step) {
  step.number = ++added_;
  steps_.push_back(std::move(step));
  if (steps_.size() > kSteps) steps_.pop_front();
}

void StepLog::Returned(const Scheduler::Name& task, std::int64_t result) {
  const auto is_its = [&](const ScheduleStep& step) {
    const bool is_call = step.kind == ScheduleStep::Kind::kCalls || step.kind == ScheduleStep::Kind::kSleepSkipped;
    return is_call && step.process == task.process && step.thread == task.thread;
  };
  const auto step = std::find_if(steps_.rbegin(), steps_.rend(), is_its);
  if (step != steps_.rend() && !step->result) step->result = result;
}

void DescribeCall(pid_t host_tid, const user_regs_struct& registers, ScheduleStep& step) {
  step.call = static_cast<int>(registers.orig_rax);
  const std::uint64_t arguments[6] = {registers.rdi, registers.rsi, registers.rdx,
                                      registers.r10, registers.r8,  registers.r9};
  std::copy(std::begin(arguments), std::end(arguments), std::begin(step.arguments));
  if (const int path = PathArgument(step.call); path >= 0) {
    step.subject = ReadString(host_tid, arguments[path]);
  } else if (step.call == SYS_write || step.call == SYS_pwrite64 || step.call == SYS_sendto) {
    step.subject = FirstBytes(host_tid, arguments[1], arguments[2]);
  }
}

}  // namespace grader::observe
