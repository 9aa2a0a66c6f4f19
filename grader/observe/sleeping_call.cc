#include "grader/observe/sleeping_call.h"

#include <linux/sched.h>
#include <sys/syscall.h>

#include <cinttypes>
#include <cstdio>
#include <string>

#include "grader/os/files.h"

namespace grader::observe {

std::optional<SleepingCall> ParseSleepingCall(std::string_view text) {
  SleepingCall call;
  auto& a = call.arguments;
  const std::string line(text);
  const int fields =
      std::sscanf(line.c_str(), "%ld %" SCNx64 " %" SCNx64 " %" SCNx64 " %" SCNx64 " %" SCNx64 " %" SCNx64,
                  &call.number, &a[0], &a[1], &a[2], &a[3], &a[4], &a[5]);
  if (fields != 7 || call.number < 0) return std::nullopt;
  return call;
}

bool EndsByTime(const SleepingCall& call) {
  switch (call.number) {
    case SYS_nanosleep:
    case SYS_clock_nanosleep:
      return true;
    case SYS_poll:
      return call.descriptor(2) >= 0;
    case SYS_epoll_wait:
    case SYS_epoll_pwait:
      return call.descriptor(3) >= 0;
    case SYS_ppoll:
    case SYS_rt_sigtimedwait:
      return call.arguments[2] != 0;
    case SYS_futex:
    case SYS_semtimedop:
    case SYS_epoll_pwait2:
      return call.arguments[3] != 0;
    case SYS_select:
    case SYS_pselect6:
    case SYS_mq_timedreceive:
    case SYS_mq_timedsend:
      return call.arguments[4] != 0;
    default:
      return false;
  }
}

bool AwaitsVforkChild(const SleepingCall& call) {
  return call.number == SYS_vfork || (call.number == SYS_clone && (call.arguments[0] & CLONE_VFORK) != 0);
}

std::optional<SleepingCall> ReadSleepingCall(pid_t host_tid) {
  const auto text = os::ReadFileAt(os::kHere, ("/proc/" + std::to_string(host_tid) + "/syscall").c_str());
  return text ? ParseSleepingCall(*text) : std::nullopt;
}

}  // namespace grader::observe
