#include "grader/observe/stop.h"

#include <sys/ptrace.h>
#include <sys/wait.h>

#include <csignal>

namespace grader::observe {
namespace {

Stop::Kind KindOfEvent(int event, int signal) {
  switch (event) {
    case PTRACE_EVENT_FORK:
      return Stop::Kind::kFork;
    case PTRACE_EVENT_VFORK:
      return Stop::Kind::kVfork;
    case PTRACE_EVENT_CLONE:
      return Stop::Kind::kClone;
    case PTRACE_EVENT_EXEC:
      return Stop::Kind::kExec;
    case PTRACE_EVENT_EXIT:
      return Stop::Kind::kExit;
    case PTRACE_EVENT_SECCOMP:
      return Stop::Kind::kCallEntry;
    case PTRACE_EVENT_STOP:
      return signal == SIGTRAP ? Stop::Kind::kFirst : Stop::Kind::kGroupStop;
    default:
      return Stop::Kind::kOther;
  }
}

}  // namespace

ExitStatus DecodeExit(int wait_status) {
  if (WIFSIGNALED(wait_status)) return {true, WTERMSIG(wait_status)};
  return {false, WEXITSTATUS(wait_status)};
}

Stop DecodeStop(int wait_status) {
  Stop stop;
  if (!WIFSTOPPED(wait_status)) {
    stop.kind = Stop::Kind::kGone;
    stop.status = DecodeExit(wait_status);
    return stop;
  }
  constexpr int kCallBit = 0x80;  // PTRACE_O_TRACESYSGOOD
  const int event = wait_status >> 16;
  stop.signal = WSTOPSIG(wait_status);
  if (event != 0) {
    stop.kind = KindOfEvent(event, stop.signal);
  } else {
    stop.kind = stop.signal == (SIGTRAP | kCallBit) ? Stop::Kind::kCallExit : Stop::Kind::kSignal;
  }
  return stop;
}

}  // namespace grader::observe
