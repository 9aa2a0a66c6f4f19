#include "grader/os/ptrace.h"

#include <sys/ptrace.h>

#include <cerrno>
#include <csignal>
#include <system_error>

namespace grader::os {
namespace {

// False if the tracee is gone, or not stopped because it is being killed.
bool Succeeded(long result, const char* call) {
  if (result != -1) return true;
  if (errno == ESRCH) return false;
  throw std::system_error(errno, std::generic_category(), call);
}

__ptrace_request RequestFor(Continue how) {
  switch (how) {
    case Continue::kFreely:
      return PTRACE_CONT;
    case Continue::kToCallExit:
    case Continue::kToCallStop:
      return PTRACE_SYSCALL;
    case Continue::kOneStep:
      return PTRACE_SINGLESTEP;
    case Continue::kStayStopped:
      return PTRACE_LISTEN;
  }
  return PTRACE_CONT;
}

}  // namespace

void Seize(pid_t task) {
  constexpr unsigned long kOptions = PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
                                     PTRACE_O_TRACEEXEC | PTRACE_O_TRACEEXIT | PTRACE_O_TRACESECCOMP |
                                     PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD;
  if (ptrace(PTRACE_SEIZE, task, nullptr, kOptions) == -1) {
    throw std::system_error(errno, std::generic_category(), "ptrace(PTRACE_SEIZE)");
  }
}

bool Resume(pid_t task, Continue how, int signal) {
  return Succeeded(ptrace(RequestFor(how), task, nullptr, static_cast<long>(signal)), "ptrace(resume)");
}

void AskToStop(pid_t process, pid_t task) { tgkill(process, task, SIGSTOP); }

bool Detach(pid_t task) { return Succeeded(ptrace(PTRACE_DETACH, task, nullptr, 0L), "ptrace(PTRACE_DETACH)"); }

std::optional<unsigned long> EventMessage(pid_t task) {
  unsigned long message = 0;
  if (!Succeeded(ptrace(PTRACE_GETEVENTMSG, task, nullptr, &message), "ptrace(PTRACE_GETEVENTMSG)"))
    return std::nullopt;
  return message;
}

std::optional<user_regs_struct> Registers(pid_t task) {
  user_regs_struct registers{};
  if (!Succeeded(ptrace(PTRACE_GETREGS, task, nullptr, &registers), "ptrace(PTRACE_GETREGS)")) return std::nullopt;
  return registers;
}

void SetRegisters(pid_t task, const user_regs_struct& registers) {
  Succeeded(ptrace(PTRACE_SETREGS, task, nullptr, &registers), "ptrace(PTRACE_SETREGS)");
}

bool IsAtCallExit(pid_t task) {
  __ptrace_syscall_info info{};
  const long size = ptrace(PTRACE_GET_SYSCALL_INFO, task, sizeof info, &info);
  return Succeeded(size, "ptrace(PTRACE_GET_SYSCALL_INFO)") && info.op == PTRACE_SYSCALL_INFO_EXIT;
}

Trap ReadTrap(pid_t task) {
  siginfo_t info{};
  if (!Succeeded(ptrace(PTRACE_GETSIGINFO, task, nullptr, &info), "ptrace(PTRACE_GETSIGINFO)")) return Trap::kSignal;
  // A step over a system call looks like a breakpoint; the breakpoint instruction's own code is SI_KERNEL.
  if (info.si_code == TRAP_TRACE || info.si_code == TRAP_BRKPT) return Trap::kStep;
  return info.si_code == SIGTRAP ? Trap::kHandlerEntry : Trap::kSignal;
}

}  // namespace grader::os
