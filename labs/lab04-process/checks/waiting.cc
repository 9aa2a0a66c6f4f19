// Waiting is asleep.
#include <fmt/format.h>
#include <sys/syscall.h>

#include <cerrno>
#include <map>
#include <set>
#include <utility>

#include "facts.h"

namespace grader::checks::lab04 {
namespace {

using observe::Call;

// Whether the call slept, and woke up because its time was over.
bool IsTimedOut(const Call& call) {
  if (!call.returned) return false;
  switch (call.number) {
    case SYS_nanosleep:
    case SYS_clock_nanosleep:
      return call.result == 0;
    case SYS_poll:
    case SYS_ppoll:
    case SYS_select:
    case SYS_pselect6:
    case SYS_epoll_wait:
    case SYS_epoll_pwait:
      return call.result == 0 && call.blocked;
    case SYS_futex:
      return call.result == -ETIMEDOUT;
    case SYS_rt_sigtimedwait:
    case SYS_semtimedop:
      return call.result == -EAGAIN && call.blocked;
    default:
      return false;
  }
}

bool IsLook(const Call& call) {
  switch (call.number) {
    case SYS_wait4:
    case SYS_waitid:
    case SYS_kill:
    case SYS_poll:
    case SYS_ppoll:
    case SYS_select:
    case SYS_pselect6:
    case SYS_epoll_wait:
    case SYS_epoll_pwait:
    case SYS_rt_sigtimedwait:
      return true;
    default:
      return false;
  }
}

struct Habit {
  int timeouts = 0;
  int looks = 0;
};

// The children's own sleep is their work.
std::set<int> ChildrenTold(const Observation& run) {
  std::set<int> children;
  for (const auto& pid : ValuesOf(run, "pid()")) {
    for (const auto& process : run.processes) {
      if (std::to_string(process.pid) == pid) children.insert(process.index);
    }
  }
  return children;
}

// Nobody but the children wakes up more than so often because a time is over, and nobody looks again and again.
RunMatcher SleepsUntilTheEnd(int timeouts) {
  return JudgeAnyEnd(
      "who waits for a child sleeps until it ends", [=](const Observation& run) -> std::optional<Problem> {
        constexpr int kManyLooks = 40;
        RequireLevel(run, TraceLevel::kBlocking);
        const auto children = ChildrenTold(run);
        if (children.empty()) return Problem{"there was no child", {}, {}};
        std::map<std::pair<int, pid_t>, Habit> threads;
        for (const auto& call : run.calls) {
          if (children.contains(call.process)) continue;
          auto& habit = threads[{call.process, call.tid}];
          if (IsTimedOut(call)) ++habit.timeouts;
          if (IsLook(call)) ++habit.looks;
        }
        for (const auto& [thread, habit] : threads) {
          const auto name = Name(run.processes.at(static_cast<std::size_t>(thread.first)));
          if (habit.timeouts > timeouts) {
            return Problem{
                fmt::format("{} slept for a fixed time, and looked, {} times", name, habit.timeouts), {}, {}};
          }
          if (habit.looks > kManyLooks) {
            return Problem{fmt::format("{} looked {} times whether a child had ended", name, habit.looks), {}, {}};
          }
        }
        return std::nullopt;
      });
}

LAB_CHECK_F(ProcessCheck, Process, WaitsAsleep, .points = 3,
            .hint = "waitpid without WNOHANG sleeps until the child has ended.",
            .title = "join(), the destructor and the program's end wait asleep") {
  const auto run = RunScenario({"asleep-untimed"},
                               "Process p(sleeps_100_ms), q(sleeps_200_ms), r(sleeps_300_ms);\n"
                               "/* start all; join p, destroy q, let the program end */",
                               TraceLevel::kBlocking);
  ASSERT_THAT(run, GoesThrough());
  ASSERT_THAT(run, SleepsUntilTheEnd(0));
  ASSERT_THAT(run, BurnsNoCpuWhileWaiting(80ms));
  EXPECT_THAT(run, ReapsEveryChild());
}

LAB_CHECK_F(ProcessCheck, Process, WaitsAsleepWithATimeOut, .points = 4,
            .hint =
                "What can wait for the end of a process and for a time? pidfd_open(2) and ppoll, sigtimedwait "
                "for SIGCHLD, a pipe, ...",
            .title = "join(timeout) waits asleep") {
  constexpr int kRounding = 3;  // a time that is rounded down needs a second sleep
  const auto run = RunScenario({"asleep-timed"}, "Process p(sleeps_420_ms);\np.start();\np.join(320ms);\np.join(24h);",
                               TraceLevel::kBlocking);
  ASSERT_THAT(run, GoesThrough());
  ASSERT_THAT(run, SleepsUntilTheEnd(kRounding));
  ASSERT_THAT(run, BurnsNoCpuWhileWaiting(80ms));
  EXPECT_THAT(run, Reaps("pid()"));
}

}  // namespace
}  // namespace grader::checks::lab04
