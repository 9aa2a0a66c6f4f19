// The calls of ptrace(2) the observer needs. All of them act on tracees of the calling thread only. A tracee can be
// killed at any moment; what then fails with ESRCH is told by an empty result, anything else is a std::system_error.
#pragma once

#include <sys/types.h>
#include <sys/user.h>

#include <optional>

namespace grader::os {

// Becomes the tracer of a running task without stopping it (PTRACE_SEIZE): all its future children and threads are
// traced too, exec, exit and seccomp events are reported, and all tracees die with the tracer.
void Seize(pid_t task);

enum class Continue {
  kFreely,      // until its next event
  kToCallExit,  // until it leaves the system call it is in, or its next event
  kToCallStop,  // until it enters a system call or leaves the one it is in, or its next event
  kOneStep,     // for one instruction; a system call it is in or makes is a step (PTRACE_SINGLESTEP)
  kStayStopped  // PTRACE_LISTEN: in the group stop it is in, until SIGCONT
};

// Lets a stopped tracee go on, delivering the signal if it is not 0. False if the tracee is gone.
bool Resume(pid_t task, Continue how, int signal = 0);

// Makes a tracee stop soon for its tracer to see, by a SIGSTOP to this task alone (tgkill(2)). Some system calls it
// sleeps in are cut short by that, so it should not go on afterwards. From any thread; nothing if the task is gone.
void AskToStop(pid_t process, pid_t task);

// Ends the tracing of a stopped tracee and lets it go on. False if the tracee is gone.
bool Detach(pid_t task);

// The detail of the event it stopped for: a new task's id, an exit status, a former id.
std::optional<unsigned long> EventMessage(pid_t task);

// The registers of a stopped tracee.
std::optional<user_regs_struct> Registers(pid_t task);

// Nothing if the tracee is gone.
void SetRegisters(pid_t task, const user_regs_struct& registers);

// Whether a stopped tracee is about to return from a system call, rather than at its entry or outside of any
// (PTRACE_GET_SYSCALL_INFO). False if it is gone.
bool IsAtCallExit(pid_t task);

// What a tracee's stop for SIGTRAP means (PTRACE_GETSIGINFO): a step is done, a signal's handler was entered instead of
// one, or it is a signal like others. kSignal if the tracee is gone.
enum class Trap { kStep, kHandlerEntry, kSignal };
Trap ReadTrap(pid_t task);

}  // namespace grader::os
