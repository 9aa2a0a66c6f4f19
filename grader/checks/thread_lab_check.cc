#include "grader/checks/thread_lab_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace grader::checks {
namespace {

using std::chrono::nanoseconds;

struct Answer {
  bool result = false;
  nanoseconds took{};
};

std::string FirstLine(const observe::Observation& run) {
  const auto lines = Lines(run);
  return lines.empty() ? std::string() : lines.front();
}

// Of "CALL: false after 5000 ns".
std::optional<Answer> AnswerIn(const std::string& line, const TimedCall& call) {
  for (const bool result : {false, true}) {
    const auto start = fmt::format("{}: {} after ", call.name, result);
    if (!line.starts_with(start)) continue;
    long long took = 0;
    std::from_chars(line.data() + start.size(), line.data() + line.size(), took);
    return Answer{result, nanoseconds(took)};
  }
  return std::nullopt;
}

std::string InMilliseconds(nanoseconds time) {
  return fmt::format("{:.3f} ms", std::chrono::duration<double, std::milli>(time).count());
}

// Some clocks move a little when they are read.
nanoseconds AtMost(nanoseconds timeout) { return timeout + timeout / 5; }

std::optional<Problem> UnlessInTime(const TimedCall& call, const observe::Observation& run) {
  const auto answer = AnswerIn(FirstLine(run), call);
  if (!answer) return Problem{"it told nothing about the call", Bounded(Lines(run)), {}};
  const auto took = InMilliseconds(answer->took);
  if (!answer->result && answer->took < call.timeout)
    return Problem{fmt::format("it was false after {}", took), {}, {}};
  if (answer->took <= AtMost(call.timeout)) return std::nullopt;
  return Problem{fmt::format("it came back after {}", took), {}, {}};
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += (text.empty() ? "" : "; ") + line;
  return text.empty() ? "nothing more is printed" : text;
}

}  // namespace

ExploreOptions ThreadLabCheck::AnyTime(Scene scene, int schedules) {
  return {.args = std::move(scene.args), .scenario = std::move(scene.scenario), .schedules = schedules};
}

ExploreOptions ThreadLabCheck::TimeOfSleepers(Scene scene, int schedules) {
  auto options = AnyTime(std::move(scene), schedules);
  options.early_timeouts = false;
  options.free_sleepers = false;
  return options;
}

void ThreadLabCheck::ExpectLines(const ExploreOptions& options, const std::vector<std::string>& lines) {
  Explore(options, [&](const ScheduledRun& run) {
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, PrintsLines(lines));
  });
}

void ThreadLabCheck::ExpectOneOf(const ExploreOptions& options, const std::string& expected,
                                 const std::vector<std::vector<std::string>>& wholes) {
  const auto is_one = Judge(expected, [&](const observe::Observation& run) -> std::optional<Problem> {
    const auto lines = Lines(run);
    if (std::find(wholes.begin(), wholes.end(), lines) != wholes.end()) return std::nullopt;
    return Problem{"it was otherwise", Bounded(lines), {}};
  });
  Explore(options, [&](const ScheduledRun& run) {
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, is_one);
  });
}

void ThreadLabCheck::ExpectAsleep(const Sleepers& sleepers) {
  constexpr auto kLong = 150ms;
  constexpr auto kTooLong = 1200ms;  // who is not asleep by then has used enough processor time to prove it
  auto tight = limits();
  tight.wall_time = 10s;
  const auto program = Start({.args = sleepers.scene.args,
                              .program = sleepers.program,
                              .level = TraceLevel::kBlocking,
                              .limits = tight,
                              .scenario = sleepers.scene.scenario + "\n/* for long; then they are let go */"});
  std::optional<std::chrono::microseconds> since;
  program->WaitUntil([&](const observe::Progress& now) {
    if (!since) since = now.fair_time;
    const auto waited = now.fair_time - *since;
    return waited > kTooLong || (waited > kLong && now.everybody_asleep);
  });
  program->Write("go\n");
  const auto run = program->Finish();
  ASSERT_THAT(run, BurnsNoCpuWhileWaiting(250ms));
  ASSERT_THAT(run, WaitsWithoutPolling());
  ASSERT_THAT(run, PrintsLinesInAnyOrder(sleepers.lines));
}

RunMatcher TimesOut(const TimedCall& call) {
  return Judge(fmt::format("{} of {} is false, when the time has passed", call.name, InMilliseconds(call.timeout)),
               [call](const observe::Observation& run) -> std::optional<Problem> {
                 const auto answer = AnswerIn(FirstLine(run), call);
                 if (!answer || !answer->result) return UnlessInTime(call, run);
                 return Problem{fmt::format("it was true after {}", InMilliseconds(answer->took)), {}, {}};
               });
}

RunMatcher TimesOutAtMost(const TimedCall& call) {
  return Judge(fmt::format("{} of {} is true before, or false when the time has passed", call.name,
                           InMilliseconds(call.timeout)),
               [call](const observe::Observation& run) { return UnlessInTime(call, run); });
}

RunMatcher IsTrueInTime(const TimedCall& call) {
  return Judge(
      fmt::format("{} is true if what it waits for comes in time, and false only when the time has passed", call.name),
      [call](const observe::Observation& run) -> std::optional<Problem> {
        const auto line = FirstLine(run);
        const auto has = [&](std::string_view words) { return line.find(words) != line.npos; };
        if (WasTrue(run, call)) return std::nullopt;
        if (!line.starts_with(call.name + ": false")) {
          return Problem{"it told nothing about the call", Bounded(Lines(run)), {}};
        }
        if (has("false, before the timeout")) return Problem{"it was false before the time had passed", {}, {}};
        if (!has("came in time")) return std::nullopt;
        return Problem{"it was false, although what it waits for had come before the time had passed", {}, {}};
      });
}

bool WasTrue(const observe::Observation& run, const TimedCall& call) {
  return FirstLine(run).starts_with(call.name + ": true");
}

RunMatcher ThenPrints(const std::vector<std::string>& rest) {
  return Judge(Joined(rest), [rest](const observe::Observation& run) -> std::optional<Problem> {
    const auto lines = Lines(run);
    if (!lines.empty() && std::vector(lines.begin() + 1, lines.end()) == rest) return std::nullopt;
    return Problem{"it was otherwise", Bounded(lines), {}};
  });
}

}  // namespace grader::checks
