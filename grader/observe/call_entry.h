// What can be done with a task that is stopped at the entry of a system call, before the kernel has begun with it.
#pragma once

#include <sys/types.h>
#include <sys/user.h>

namespace grader::observe {

// Whether the call does nothing but let time pass, so that it may be skipped.
bool OnlySleeps(const user_regs_struct& registers);

// Makes the call return 0 without having been made. To be resumed to the call's exit.
void SkipCall(pid_t host_tid, user_regs_struct registers);

// Takes the task back to before the instruction that makes the call: what signals wait are delivered first, then the
// call is entered anew. To be resumed freely.
void TakeBack(pid_t host_tid, user_regs_struct registers);

// Whether a signal waits for the task that it does not block (/proc/TID/status).
bool HasSignalWaiting(pid_t host_tid);

}  // namespace grader::observe
