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
  const auto request = how == Continue::kFreely       ? PTRACE_CONT
                       : how == Continue::kToCallExit ? PTRACE_SYSCALL
                                                      : PTRACE_LISTEN;
  return Succeeded(ptrace(request, task, nullptr, static_cast<long>(signal)), "ptrace(resume)");
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

}  // namespace grader::os
