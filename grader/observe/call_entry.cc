#include "grader/observe/call_entry.h"

#include <sys/syscall.h>

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "grader/os/files.h"
#include "grader/os/procfs.h"
#include "grader/os/ptrace.h"

namespace grader::observe {
namespace {

constexpr std::uint64_t kInstructionSize = 2;  // of SYSCALL
constexpr auto kNoCall = static_cast<std::uint64_t>(-1);

std::uint64_t SignalSet(const std::string& status, const char* field) {
  const auto value = os::StatusField(status, field);
  return value ? std::strtoull(value->c_str(), nullptr, 16) : 0;
}

}  // namespace

bool OnlySleeps(const user_regs_struct& registers) {
  switch (registers.orig_rax) {
    case SYS_nanosleep:
    case SYS_clock_nanosleep:
      return true;
    case SYS_poll:
      return registers.rsi == 0 && static_cast<int>(registers.rdx) >= 0;
    case SYS_ppoll:
      return registers.rsi == 0 && registers.rdx != 0;
    case SYS_select:
    case SYS_pselect6:
      return registers.rsi == 0 && registers.rdx == 0 && registers.r10 == 0 && registers.r8 != 0;
    default:
      return false;
  }
}

void SkipCall(pid_t host_tid, user_regs_struct registers) {
  registers.orig_rax = kNoCall;
  registers.rax = 0;
  os::SetRegisters(host_tid, registers);
}

void TakeBack(pid_t host_tid, user_regs_struct registers) {
  registers.rax = registers.orig_rax;
  registers.orig_rax = kNoCall;
  registers.rip -= kInstructionSize;
  os::SetRegisters(host_tid, registers);
}

bool HasSignalWaiting(pid_t host_tid) {
  const auto status = os::ReadFileAt(os::kHere, ("/proc/" + std::to_string(host_tid) + "/status").c_str());
  if (!status) return false;
  const std::uint64_t waiting = SignalSet(*status, "SigPnd") | SignalSet(*status, "ShdPnd");
  return (waiting & ~SignalSet(*status, "SigBlk")) != 0;
}

}  // namespace grader::observe
