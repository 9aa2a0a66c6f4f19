#pragma once

#include <sys/types.h>

#include "grader/observe/sleeping_call.h"

namespace grader::observe {

// Whether the call will end by itself although it was given no time: its socket has a time-out of its own (SO_RCVTIMEO
// and SO_SNDTIMEO, socket(7)).
bool SocketEndsIt(pid_t host_pid, const SleepingCall& call);

// Whether a timer of timerfd_create(2) that runs is open in the process: somebody may be waiting for it.
bool HasArmedTimerFd(pid_t host_pid);

// Of a process nobody traces: whether it may have a timer that sends a signal. Those of setitimer(2) and alarm(2)
// cannot be looked at, so whoever handles or blocks SIGALRM may.
bool MayBeAlarmed(pid_t host_pid);

}  // namespace grader::observe
