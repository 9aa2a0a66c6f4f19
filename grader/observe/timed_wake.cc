#include "grader/observe/timed_wake.h"

#include <sys/syscall.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "grader/observe/open_files.h"
#include "grader/observe/sockets.h"
#include "grader/observe/task_files.h"
#include "grader/os/files.h"

namespace grader::observe {
namespace {

std::string ReadProcessFile(pid_t host_pid, const char* name) {
  return os::ReadFileAt(os::kHere, ("/proc/" + std::to_string(host_pid) + "/" + name).c_str()).value_or("");
}

// "SigCgt:\t0000000000002000" (proc_pid_status(5)).
bool HasSignal(const std::string& status, const char* field, int signal) {
  const std::size_t at = status.find(field);
  if (at == std::string::npos) return false;
  const std::uint64_t mask = std::strtoull(status.c_str() + status.find(':', at) + 1, nullptr, 16);
  return (mask >> (signal - 1) & 1) != 0;
}

}  // namespace

bool SocketEndsIt(pid_t host_pid, const SleepingCall& call) {
  switch (call.number) {
    case SYS_read:
    case SYS_readv:
    case SYS_recvfrom:
    case SYS_recvmsg:
    case SYS_recvmmsg:
    case SYS_accept:
    case SYS_accept4: {
      const auto options = ReadSocketOptions(host_pid, call.descriptor(0));
      return options && options->reads_time_out;
    }
    case SYS_write:
    case SYS_writev:
    case SYS_sendto:
    case SYS_sendmsg:
    case SYS_sendmmsg:
    case SYS_connect: {
      const auto options = ReadSocketOptions(host_pid, call.descriptor(0));
      return options && options->writes_time_out;
    }
    default:
      return false;
  }
}

bool HasArmedTimerFd(pid_t host_pid) {
  return std::ranges::any_of(ReadDescriptors(host_pid), [host_pid](const OpenDescriptor& open) {
    return open.target == "anon_inode:[timerfd]" && IsArmedTimer(ReadDescriptorInfo(host_pid, open.number));
  });
}

bool MayBeAlarmed(pid_t host_pid) {
  const std::string status = ReadProcessFile(host_pid, "status");
  return HasSignal(status, "SigCgt", SIGALRM) || HasSignal(status, "SigBlk", SIGALRM) ||
         !ReadProcessFile(host_pid, "timers").empty();
}

}  // namespace grader::observe
