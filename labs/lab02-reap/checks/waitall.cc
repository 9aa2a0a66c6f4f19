// reap waitall N
#include <fmt/format.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <map>
#include <regex>
#include <thread>

#include "family.h"

namespace grader::checks::lab02 {
namespace {

using observe::ReapedBy;

// A line `<pid> <code>`.
struct Line {
  pid_t pid = 0;
  int code = 0;
};

std::optional<Line> Parse(const std::string& text) {
  static const std::regex kLine("([0-9]{1,9}) ([0-9]{1,9})");
  std::smatch match;
  if (!std::regex_match(text, match, kLine)) return std::nullopt;
  return Line{ParsePid(match[1]), std::stoi(match[2])};
}

std::string CodeOf(const ProcessRecord& child) {
  if (!child.status) return "did not end";
  return fmt::format("{} {}", child.status->signaled ? "was killed by signal" : "ended with code", child.status->code);
}

RunMatcher EndsChildrenWithCodesFromOne() {
  return Judge("its children end with the codes 1, 2, 3, ..., each code once",
               [](const Observation& run) -> std::optional<Problem> {
                 const auto children = ChildrenOfProgram(run);
                 std::vector<bool> seen(children.size() + 1, false);
                 for (const auto* child : children) {
                   const auto& status = child->status;
                   const auto code = status && !status->signaled ? static_cast<std::size_t>(status->code) : 0;
                   if (code == 0 || code > children.size() || seen[code]) {
                     return Problem{
                         fmt::format("{} {}", Name(*child), CodeOf(*child)),
                         {code != 0 && code <= children.size() ? "another child had ended with the same code"
                                                               : fmt::format("the codes go up to {}", children.size())},
                         PlaceOf(child->created_at)};
                   }
                   seen[code] = true;
                 }
                 return std::nullopt;
               });
}

// Of a run that was watched, what is printed must be true.
std::optional<Problem> JudgeLine(const Observation& run, const Line& line) {
  if (run.level == TraceLevel::kNone) return std::nullopt;
  const auto* child = FindProcess(run, line.pid);
  if (child == nullptr || child->parent != 0) {
    return Problem{fmt::format("it told of process {}, which was no child of it", line.pid), {}, {}};
  }
  if (child->status && !child->status->signaled && child->status->code == line.code) return std::nullopt;
  return Problem{fmt::format("it told that {} ended with {}", Name(*child), line.code),
                 {fmt::format("it {}", CodeOf(*child))},
                 PlaceOf(child->created_at)};
}

RunMatcher TellsOfEachChildOnce(int count) {
  const auto expected = fmt::format("{} `<pid> <code>`, with the codes from 1 to {}, one for each child",
                                    Count(static_cast<std::uint64_t>(count), "line", "lines"), count);
  return Judge(expected, [count](const Observation& run) -> std::optional<Problem> {
    const auto lines = Lines(run);
    std::map<pid_t, int> code_of;
    std::map<int, pid_t> pid_of;
    for (const auto& text : lines) {
      const auto line = Parse(text);
      if (!line) return Problem{"it printed a line that is no pid and code", {text.substr(0, 120)}, {}};
      if (auto problem = JudgeLine(run, *line)) return problem;
      if (line->code < 1 || line->code > count) return Problem{"it printed a code that is due to none", {text}, {}};
      if (!code_of.emplace(line->pid, line->code).second || !pid_of.emplace(line->code, line->pid).second) {
        return Problem{"it told of a child, or of a code, twice", {text}, {}};
      }
    }
    if (lines.size() == static_cast<std::size_t>(count)) return std::nullopt;
    return Problem{lines.empty() ? "it printed nothing" : "it printed " + Count(lines.size(), "line", "lines"),
                   Bounded(lines),
                   {}};
  });
}

class WaitallCheck : public ReapCheck {
 protected:
  RunOptions Options(int count, TraceLevel level = TraceLevel::kLifecycle) {
    return {.args = {"waitall", std::to_string(count)}, .level = level};
  }

  void TellsOfAll(int count, Runs runs) {
    ForEachRun(runs, Options(count), [count](const Observation& run) {
      ASSERT_THAT(run, ExitsCleanly());
      if (run.level != TraceLevel::kNone) {
        ASSERT_THAT(run, StartsChildren(count));
        ASSERT_THAT(run, EndsChildrenWithCodesFromOne());
      }
      ASSERT_THAT(run, TellsOfEachChildOnce(count));
      if (run.level == TraceLevel::kNone || count == 0) return;
      EXPECT_THAT(run, ReapsEveryChild());
    });
  }
};

LAB_CHECK_F(WaitallCheck, Reap, WaitallTellsEachChildOnce, .points = 7,
            .hint =
                "waitpid's status is no exit code yet: WEXITSTATUS takes it out. Wait until waitpid says ECHILD, or "
                "count.",
            .title = "waitall: one line for each child, with its exit code") {
  for (const int count : {1, 6, Between(7, 30)}) {
    TellsOfAll(count, {.watched = 1, .native = 2});
    if (HasFailure()) return;
  }
}

// Whether P cannot hear of the child's end by this call: it waits for another one by its pid, or just sleeps.
bool IsDeafTo(const ProcessRecord& child, const observe::Call& call) {
  switch (call.number) {
    case SYS_wait4:
      return static_cast<pid_t>(call.arguments[0]) > 0 && static_cast<pid_t>(call.arguments[0]) != child.pid;
    case SYS_waitid:
      return call.arguments[0] == P_PIDFD ||
             (call.arguments[0] == P_PID && static_cast<pid_t>(call.arguments[1]) != child.pid);
    case SYS_nanosleep:
    case SYS_clock_nanosleep:
      return true;
    default:
      return false;
  }
}

// Whether P did nothing else from before early's end until after late's. (SIGCHLD may make it begin anew.) Judged by
// the order of events: a busy machine may keep P for long from running, and then waitpid(2) gives either of two that
// have ended meanwhile.
bool WasDeafBetween(const Observation& run, const ProcessRecord& early, const ProcessRecord& late) {
  const observe::Call* before = nullptr;  // P's last call before early's end
  for (const auto& call : run.calls) {
    if (call.process != 0) continue;
    if (call.at < *early.ended) before = &call;
    if (*early.ended < call.at && call.at < *late.ended && !IsDeafTo(early, call)) return false;
  }
  return before != nullptr && before->blocked && IsDeafTo(early, *before);
}

// Why it is P's fault that the child early was told after late, though it had ended before. Of two that have ended when
// P asks waitpid(2) may give either, so then it is none.
std::optional<std::string> FaultOfInversion(const Observation& run, const ProcessRecord& early,
                                            const ProcessRecord& late) {
  if (early.reaped && late.reaped && *early.reaped < *late.reaped && early.reaping_thread == late.reaping_thread) {
    return "it was also waited for before the other";
  }
  if (WasDeafBetween(run, early, late)) return "it was not looked at until the other had ended";
  return std::nullopt;
}

RunMatcher PrintsInTheOrderOfTheEnds() {
  return Judge("the lines are in the order in which the children ended",
               [](const Observation& run) -> std::optional<Problem> {
                 Records printed;
                 for (const auto& text : Lines(run)) {
                   const auto line = Parse(text);
                   const auto* child = line ? FindProcess(run, line->pid) : nullptr;
                   if (child == nullptr || !child->ended) return Problem{"it printed something else", {text}, {}};
                   printed.push_back(child);
                 }
                 for (std::size_t second = 1; second < printed.size(); ++second) {
                   const auto& early = *printed[second];
                   for (std::size_t first = 0; first < second; ++first) {
                     const auto& late = *printed[first];
                     if (*late.ended < *early.ended) continue;
                     const auto fault = FaultOfInversion(run, early, late);
                     if (!fault) continue;
                     return Problem{
                         fmt::format("process {} ended before process {}, but is told behind it", early.pid, late.pid),
                         {fmt::format("process {}: {}", early.pid, *fault)},
                         PlaceOf(early.created_at)};
                   }
                 }
                 return std::nullopt;
               });
}

LAB_CHECK_F(WaitallCheck, Reap, WaitallPrintsInTheOrderOfTheEnds, .points = 7,
            .hint = "Wait for any child (-1), not for one after the other, and print when you reap.",
            .title = "waitall: the lines are in the order of the ends") {
  for (int times = 0; times < 3 && !HasFailure(); ++times) {
    const auto count = Between(12, 16);
    const auto run = Run(Options(count, TraceLevel::kBlocking));
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, StartsChildren(count));
    ASSERT_THAT(run, PrintsLinesThat("one line for each child", SizeIs(static_cast<std::size_t>(count))));
    EXPECT_THAT(run, PrintsInTheOrderOfTheEnds());
  }
}

// The codes of the children, in the order of their ends.
std::vector<int> OrderOfEnds(const Observation& run) {
  auto children = ChildrenOfProgram(run);
  std::ranges::sort(children, [](const auto* a, const auto* b) { return a->ended < b->ended; });
  std::vector<int> codes;
  for (const auto* child : children) codes.push_back(child->status ? child->status->code : 0);
  return codes;
}

// How many pairs of the codes 1, 2, 3, ... stand the other way round.
std::size_t Distance(const std::vector<int>& one, const std::vector<int>& other) {
  std::vector<std::size_t> place(other.size() + 1);
  for (std::size_t i = 0; i < other.size(); ++i) place.at(static_cast<std::size_t>(other[i])) = i;
  const auto place_of = [&](int code) { return place.at(static_cast<std::size_t>(code)); };
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < one.size(); ++i) {
    for (std::size_t j = i + 1; j < one.size(); ++j) pairs += place_of(one[i]) > place_of(one[j]) ? 1 : 0;
  }
  return pairs;
}

LAB_CHECK_F(WaitallCheck, Reap, WaitallEndsInAnotherOrderEachTime, .points = 4,
            .hint = "Let chance decide who ends next; a generator without a fresh seed gives the same numbers again.",
            .title = "waitall: the order of the ends differs from run to run") {
  // The machine itself may exchange a few neighbours. Of 12! orders drawn fairly, one in 100,000 is as near as that.
  constexpr int kChildren = 12;
  constexpr std::size_t kChanceOfTheMachine = 5;
  constexpr int kRuns = 4;
  std::vector<std::vector<int>> orders;
  for (int i = 0; i < kRuns; ++i) {
    // The time in seconds is a fresh seed, too; the pid is the same in each sandbox.
    if (i >= 2) std::this_thread::sleep_for(1100ms);
    const auto run = Run(Options(kChildren));
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, StartsChildren(kChildren));
    ASSERT_THAT(run, EndsChildrenWithCodesFromOne());
    orders.push_back(OrderOfEnds(run));
    const auto differs = [&](const auto& other) { return Distance(orders.back(), other) > kChanceOfTheMachine; };
    if (std::ranges::any_of(orders, differs)) return;
  }
  Fail("the order in which the children end differs from run to run",
       {fmt::format("in {} runs with {} children it was the same, or nearly so", kRuns, kChildren), {}, {}});
}

LAB_CHECK_F(WaitallCheck, Reap, WaitallTakesUpTo255, .points = 3,
            .hint = "An exit code has eight bits: 255 is the last. Without children there is nothing to print.",
            .title = "waitall: from no child to 255") {
  TellsOfAll(0, {.watched = 1, .native = 0});
  if (HasFailure()) return;
  TellsOfAll(255, {.watched = 1, .native = 1});
}

}  // namespace
}  // namespace grader::checks::lab02
