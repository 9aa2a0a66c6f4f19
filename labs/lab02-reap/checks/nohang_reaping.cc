// reap nohang N: how it reaps.
#include <fmt/format.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <map>

#include "nohang.h"

namespace grader::checks::lab02 {
namespace {

using observe::Call;
using observe::Moment;
using std::chrono::microseconds;

bool IsWait(const Call& call) { return call.number == SYS_wait4 || call.number == SYS_waitid; }

// P's look at its dead children, of this one too, that found none: then the child was still busy ending. (On a machine
// that gives it no processor it may be for long; ProcessRecord::ended is when it began.)
bool IsVainLook(const Call& call, const ProcessRecord& child) {
  if (call.process != 0 || !IsWait(call) || !call.returned || call.result != 0) return false;
  const auto pid = static_cast<pid_t>(call.arguments[call.number == SYS_waitid ? 1 : 0]);
  if (call.number == SYS_wait4) return pid <= 0 || pid == child.pid;
  const bool takes = (call.arguments[3] & WNOWAIT) == 0;
  return takes && (call.arguments[0] == P_ALL || (call.arguments[0] == P_PID && pid == child.pid));
}

// Since when the child was surely a zombie. waitid(2) returns 0 also when it has reaped a child: then its thread did so
// before its next call.
Moment SurelyZombieSince(const Observation& run, const ProcessRecord& child) {
  std::map<pid_t, Moment> looks;  // by thread, not known yet to be in vain
  Moment since = *child.ended;
  for (const auto& call : run.calls) {
    if (call.process != 0 || *child.reaped < call.at) continue;
    if (const auto look = looks.extract(call.tid)) {
      const bool in_vain = std::ranges::none_of(ChildrenOfProgram(run), [&](const ProcessRecord* other) {
        return other->reaped && other->reaping_thread == call.tid && look.mapped() < *other->reaped &&
               *other->reaped < call.at;
      });
      if (in_vain) since = std::max(since, look.mapped());
    }
    if (IsVainLook(call, child)) looks.emplace(call.tid, call.at);
  }
  return since;
}

struct Sleep {
  microseconds time{0};
  int times = 0;
};

// How the thread that reaped the child slept since then, in other calls than wait. A call's return has no moment of its
// own; the thread's next call has.
Sleep SleptBesides(const Observation& run, const ProcessRecord& child, const Moment& since) {
  Sleep slept;
  const Call* sleep = nullptr;
  for (const auto& call : run.calls) {
    if (call.process != 0 || call.tid != child.reaping_thread) continue;
    if (sleep != nullptr && since < call.at && sleep->at < *child.reaped) {
      const auto from = std::max(sleep->at.fair_time, since.fair_time);
      slept.time += std::min(call.at.fair_time, child.reaped->fair_time) - from;
      ++slept.times;
    }
    sleep = call.blocked && !IsWait(call) ? &call : nullptr;
  }
  return slept;
}

// How often a program that does all in one thread ticked since then, instead of reaping the child.
std::size_t TickedBesides(const Observation& run, const ProcessRecord& child, const Moment& since) {
  if (run.processes.at(0).threads.size() != 1) return 0;
  return static_cast<std::size_t>(
      std::ranges::count_if(Ticks(run), [&](const auto& tick) { return since < tick && tick < *child.reaped; }));
}

// A burst of many takes its time to be reaped, above all on a busy machine, and under a tracer. So an old zombie counts
// only if its parent did something else meanwhile: it slept, again and again or for long, or ticked.
bool IsOldZombie(const Observation& run, const ProcessRecord& child) {
  constexpr auto kOld = 110ms;
  constexpr auto kVeryOld = 140ms;
  constexpr int kAgain = 4;
  constexpr std::size_t kTicks = 10;
  if (!child.ended || !child.reaped || child.zombie_for <= kOld) return false;
  const auto since = SurelyZombieSince(run, child);
  if (child.reaped->fair_time - since.fair_time <= kOld) return false;
  const auto slept = SleptBesides(run, child, since);
  if (slept.time > (slept.times >= kAgain ? kOld : kVeryOld)) return true;
  return TickedBesides(run, child, since) >= kTicks;
}

RunMatcher LeavesNoOldZombie() {
  return Judge("no child stays a zombie for longer than 100 ms", [](const Observation& run) -> std::optional<Problem> {
    RequireLevel(run, TraceLevel::kBlocking);
    Problem problem;
    for (const auto* child : ChildrenOfProgram(run)) {
      if (!IsOldZombie(run, *child)) continue;
      problem.facts.push_back(Name(*child) + " was a zombie for " + InWords(child->zombie_for));
      if (problem.location.empty()) problem.location = PlaceOf(child->created_at);
    }
    if (problem.facts.empty()) return std::nullopt;
    problem.happened = Count(problem.facts.size(), "child was", "children were") +
                       " a zombie for longer, while the program slept or ticked";
    problem.facts = Bounded(std::move(problem.facts));
    return problem;
  });
}

LAB_CHECK_F(NohangCheck, Reap, NohangLeavesNoZombieFor100ms, .points = 7,
            .hint = "One SIGCHLD can stand for many children: call waitpid with WNOHANG until it returns 0.",
            .title = "nohang: no child is a zombie for more than 100 ms") {
  const auto run = RunNohang(200, TraceLevel::kBlocking);
  ASSERT_NO_FATAL_FAILURE(ExpectWhole(run, 200));
  ASSERT_THAT(run, ReapsEveryChild());
  EXPECT_THAT(run, LeavesNoOldZombie());
}

// The child that a blocked wait of P brought, or the next one that its thread reaped.
const ProcessRecord* ReapedBy(const Observation& run, const Call& call) {
  const ProcessRecord* next = nullptr;
  for (const auto* child : ChildrenOfProgram(run)) {
    if (!child->reaped || child->reaping_thread != call.tid || *child->reaped < call.at) continue;
    if (next == nullptr || *child->reaped < *next->reaped) next = child;
  }
  return next;
}

// How long P slept for a child that still lived. A child in its last instructions, whose end P learned of in another
// way, is none.
microseconds SleptFor(const Observation& run, const Call& call) {
  const auto options = call.arguments[call.number == SYS_waitid ? 3 : 2];
  const bool waits = IsWait(call) && (options & WNOHANG) == 0;
  if (!waits || call.process != 0 || !call.returned || !call.blocked) return microseconds{0};
  const auto* child = ReapedBy(run, call);
  if (child == nullptr || !child->ended || *child->ended < call.at) return microseconds{0};
  return child->ended->fair_time - call.at.fair_time;
}

// Of a P with one thread: there nobody ticks while it sleeps in a wait. (Of several, one may wait for the children.)
std::optional<Problem> SleepsInWait(const Observation& run) {
  constexpr auto kStall = 10ms;
  if (run.processes.at(0).threads.size() != 1) return std::nullopt;
  const auto first = Ticks(run).at(0);
  for (const auto& call : run.calls) {
    if (call.at < first || SleptFor(run, call) < kStall) continue;
    return Problem{fmt::format("it slept in a wait call for {}, until a child ended", InWords(SleptFor(run, call))),
                   {fmt::format("{} ended meanwhile", Name(*ReapedBy(run, call)))},
                   {}};
  }
  return std::nullopt;
}

// However it sleeps. Behind the last tick it also ends, for which an interpreter needs its time.
std::optional<Problem> IsSilentForLong(const Observation& run) {
  constexpr auto kLong = 60ms;
  constexpr auto kToEnd = 60ms;
  const auto ticks = Ticks(run);
  if (ticks.empty()) return Problem{"it printed no tick", {}, {}};
  auto longest = run.program_ended.fair_time - ticks.back().fair_time - kToEnd;
  for (std::size_t i = 1; i < ticks.size(); ++i) {
    longest = std::max(longest, ticks[i].fair_time - ticks[i - 1].fair_time);
  }
  if (longest <= kLong) return std::nullopt;
  return Problem{"there was no tick for " + InWords(longest), {}, {}};
}

RunMatcher NeverSleepsForAChild() { return Judge("it never sleeps until a child ends", SleepsInWait); }

RunMatcher NeverPausesTheTicks() {
  return Judge("the ticks never pause, until the last child is reaped", IsSilentForLong);
}

LAB_CHECK_F(NohangCheck, Reap, NohangNeverStalls, .points = 5, .hint = "WNOHANG: look, but do not wait.",
            .title = "nohang: no child makes it wait") {
  const auto run = RunWithTicks(40, TraceLevel::kBlocking);
  ASSERT_NO_FATAL_FAILURE(ExpectWhole(run, 40));
  ASSERT_THAT(run, PrintsTicks());
  ASSERT_THAT(run, NeverSleepsForAChild());
  const auto native = [&] {  // a tracer would hold up the ticks
    auto once = RunNohang(40, TraceLevel::kNone);
    ExpectWhole(once, 40);
    return once;
  };
  ExpectInOneOf(3, native, NeverPausesTheTicks());
}

}  // namespace
}  // namespace grader::checks::lab02
