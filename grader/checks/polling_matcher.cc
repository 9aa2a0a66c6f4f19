#include <fmt/format.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <utility>

#include "grader/checks/matchers.h"
#include "grader/checks/printing.h"

namespace grader::checks {
namespace {

using observe::Call;
using observe::Observation;

// A look at one's children that found none to reap: waitpid(-1, ..., WNOHANG) == 0. waitid(2) tells by its result only
// that it did not fail, so it is no evidence.
bool IsVainLook(const Call& call) {
  return call.number == SYS_wait4 && (call.arguments[2] & WNOHANG) != 0 && call.returned && call.result == 0;
}

bool HasTimeout(const Call& call) {
  switch (call.number) {
    case SYS_poll:
      return static_cast<int>(call.arguments[2]) > 0;
    case SYS_epoll_wait:
    case SYS_epoll_pwait:
      return static_cast<int>(call.arguments[3]) > 0;
    case SYS_ppoll:
    case SYS_rt_sigtimedwait:
      return call.arguments[2] != 0;
    case SYS_select:
    case SYS_pselect6:
      return call.arguments[4] != 0;
    case SYS_futex:
      return call.arguments[3] != 0;
    default:
      return false;
  }
}

// What one thread did: its longest row of vain looks with no sleep and no success between them, and how often it slept
// for a fixed time.
class Habit {
 public:
  void Add(const Call& call) {
    looks_ = IsVainLook(call) ? looks_ + 1 : 0;
    longest_row_ = std::max(longest_row_, looks_);
    if (SleptForAFixedTime(call)) ++timed_sleeps_;
  }

  // One SIGCHLD may bring one vain look, so only a long row tells; and to sleep a few times may be a process's work.
  std::string Polling() const {
    constexpr int kManyLooks = 20;
    constexpr int kManySleeps = 5;
    if (longest_row_ >= kManyLooks) {
      return fmt::format("asked waitpid {} times in a row, without sleeping, whether a child had ended", longest_row_);
    }
    if (timed_sleeps_ >= kManySleeps) return fmt::format("slept for a fixed time {} times", timed_sleeps_);
    return {};
  }

 private:
  int looks_ = 0;
  int longest_row_ = 0;
  int timed_sleeps_ = 0;
};

std::optional<Problem> Polls(const Observation& run) {
  RequireLevel(run, observe::TraceLevel::kBlocking);
  std::map<std::pair<int, pid_t>, Habit> threads;
  for (const auto& call : run.calls) threads[{call.process, call.tid}].Add(call);
  for (const auto& [thread, habit] : threads) {
    const auto polling = habit.Polling();
    if (polling.empty()) continue;
    const auto& process = run.processes.at(static_cast<std::size_t>(thread.first));
    return Problem{"a process looked again and again instead of sleeping until the event comes",
                   {fmt::format("{} {}", Name(process), polling)},
                   PlaceOf(process.created_at)};
  }
  return std::nullopt;
}

}  // namespace

bool SleptForAFixedTime(const Call& call) {
  if (!call.returned) return false;
  if (call.number == SYS_nanosleep || call.number == SYS_clock_nanosleep) return call.result == 0;
  if (!HasTimeout(call)) return false;
  const auto elapsed = call.number == SYS_futex ? -ETIMEDOUT : call.number == SYS_rt_sigtimedwait ? -EAGAIN : 0;
  return call.result == elapsed;
}

RunMatcher WaitsWithoutPolling() {
  return JudgeWhileRunning("what waits sleeps until the event comes; it does not look again and again", Polls);
}

}  // namespace grader::checks
