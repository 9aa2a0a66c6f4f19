#include "grader/checks/explore.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <utility>

#include "grader/checks/check_context.h"
#include "grader/checks/check_record.h"
#include "grader/checks/errors.h"
#include "grader/checks/lab_check.h"
#include "grader/checks/matchers.h"
#include "grader/checks/moments.h"
#include "grader/checks/printing.h"
#include "grader/checks/random.h"
#include "grader/checks/schedule_timeline.h"
#include "grader/schedule/explorer.h"
#include "grader/schedule/steps_table.h"
#include "grader/schedule/story.h"
#include "grader/schedule/token.h"

namespace grader::checks {
namespace {

constexpr const char* kInEveryOrder = "it is right in every order in which its threads may run";

sandbox::Command CommandOf(const build::Program& program, const ExploreOptions& options) {
  sandbox::Command command;
  command.argv = program.argv;
  command.argv.insert(command.argv.end(), options.args.begin(), options.args.end());
  return command;
}

std::string TitleFor(const ExploreOptions& options, const sandbox::Command& command) {
  observe::RunRequest request;
  request.command = command;
  request.input = options.input;
  return TitleOf(options.scenario, request);
}

std::uint32_t DisturbancesOf(const ExploreOptions& options) {
  std::uint32_t disturbances = 0;
  if (options.spurious_wakeups) disturbances |= schedule::kSpuriousWakeUps;
  if (options.early_timeouts) disturbances |= schedule::kEarlyTimeouts;
  if (options.free_sleepers) disturbances |= schedule::kEarlySleepers;
  return disturbances;
}

// Head and tail as the runtime kept them.
observe::Captured CapturedOf(const std::string& kept, std::uint64_t size) {
  observe::Captured captured;
  captured.left_out = size - kept.size();
  captured.head = captured.left_out == 0 ? kept : kept.substr(0, kept.size() / 2);
  captured.tail = captured.left_out == 0 ? "" : kept.substr(kept.size() / 2);
  return captured;
}

// The part of a token that is for the checks: which call of Explore(), and which schedule.
struct Wanted {
  int call = 0;
  schedule::Token token;
};

std::optional<Wanted> WantedIn(const std::string& replay) {
  if (replay.empty()) return std::nullopt;
  Wanted wanted;
  const auto slash = replay.find('/');
  const char* const end = replay.data() + std::min(slash, replay.size());
  const auto [read, error] = std::from_chars(replay.data(), end, wanted.call);
  auto token = slash == std::string::npos ? std::nullopt : schedule::TokenFromText(replay.substr(slash + 1));
  if (error != std::errc() || read != end || !token) {
    throw GraderFaultError("the token is cut off, or of another version of the grader; copy it again, or grade again");
  }
  wanted.token = std::move(*token);
  return wanted;
}

}  // namespace

// One call of Explore().
class LabCheck::Exploring {
 public:
  using Stops = std::function<bool(const ScheduledRun& run)>;

  Exploring(LabCheck& check, const ExploreOptions& options)
      : check_(check),
        record_(*check.record_),
        program_(check.context_->ScheduledProgram(options.program)),
        command_(CommandOf(program_, options)),
        title_(TitleFor(options, command_)),
        explorer_(check.spawner(), {command_, program_.files, check.limits(), options.input}),
        call_(++record_.explorations) {
    ++record_.runs;
    record_.last_run = title_.empty() ? CommandLine(command_) : title_;
    constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
    plan_.seed = static_cast<std::uint64_t>(Random(0, fmt::format("{}/{}", check.id_, call_)).Integer(0, kMost));
    plan_.schedules = options.schedules;
    plan_.disturbances = DisturbancesOf(options);
  }

  // Runs the search, or only the schedule that --replay names, until stops() says so. Findings fail the check.
  schedule::Exploration Search(const Stops& stops) {
    try {
      const auto wanted = WantedIn(check_.context_->assignment().replay);
      auto found = wanted ? Replay(*wanted) : explorer_.Search(plan_, [&](const schedule::Answer& answer, int number) {
        return stops(RunOf(answer, number)) ? schedule::Judged::kStop : schedule::Judged::kGoOn;
      });
      if (!found.ended_early.empty()) {
        FailByEarlyEnd(found.ended_early);
      } else if (!wanted && found.schedules == 0) {
        FailWithoutEnd();
      }
      if (found.stop && schedule::HasFinding(found.stop->answer)) {
        FailByFinding(*found.stop);
      } else if (found.stop && wanted) {
        stops(RunOf(found.stop->answer, found.stop->number));
      }
      if (found.stop && check_.HasFailure()) NameSchedule(*found.stop);
      return found;
    } catch (const schedule::UnsupportedCall& call) {
      throw UnsupportedCallError(std::string("the scheduler has no model of ") + call.what());
    }
  }

  void FailAll(const std::string& expected, const schedule::Exploration& found) {
    const auto schedules = Count(static_cast<std::uint64_t>(found.schedules), "schedule", "schedules");
    ScheduledRun run;
    run.command = command_;
    run.title = title_;
    check_.Fail(run, expected, {"it was so in none of " + schedules, {}, {}});
  }

 private:
  schedule::Exploration Replay(const Wanted& wanted) {
    schedule::Exploration found;
    if (wanted.call != call_) return found;
    record_.replayed = true;
    found.schedules = 1;
    found.stop = schedule::Stop{1, wanted.token.recipe, explorer_.Replay(wanted.token.recipe)};
    const auto& answer = found.stop->answer;
    const bool same_program = wanted.token.program == schedule::ProgramDigest(program_.host);
    const bool same_run = schedule::Folded(answer.result.hash) == wanted.token.hash;
    if (same_program && !same_run && !schedule::HasFinding(answer)) {
      throw GraderFaultError("the schedule took another course when it was replayed");
    }
    return found;
  }

  ScheduledRun RunOf(const schedule::Answer& answer, int number) const {
    const schedule::Result& result = answer.result;
    ScheduledRun run;
    run.command = command_;
    run.title = title_;
    run.level = observe::TraceLevel::kNone;
    run.outcome = observe::Exited{result.status};
    if (result.ending == schedule::Ending::kSignaled) run.outcome = observe::Signaled{result.status, {}};
    run.out = CapturedOf(answer.out, result.output_size);
    run.err = CapturedOf(answer.err, result.error_size);
    for (std::string& line : SplitLines(answer.out)) run.lines.push_back({std::move(line), {}});
    run.number = number;
    run.threads = static_cast<int>(result.threads);
    run.threads_left = static_cast<int>(result.left_behind);
    run.virtual_time = std::chrono::nanoseconds(result.virtual_time);
    return run;
  }

  void FailByFinding(const schedule::Stop& stop) {
    schedule::CodeMap code(program_.host);
    schedule::SourceLines lines(check_.submission());
    schedule::Scene scene(stop.answer, code, lines);
    schedule::Story story = schedule::Tell(scene);
    const std::string disturbances = schedule::DisturbancesOf(stop.recipe);
    story.facts.push_back(
        fmt::format("seen in schedule {}{}{}", stop.number, disturbances.empty() ? "" : ", with ", disturbances));
    check_.Fail(RunOf(stop.answer, stop.number), kInEveryOrder,
                {std::move(story.happened), std::move(story.facts), std::move(story.location), std::move(story.hint)});
  }

  void FailByEarlyEnd(const std::string& end) {
    check_.Fail("the program comes to its main()", {"it " + end + " while static variables were initialised", {}, {}});
  }

  // Nothing was seen, so nothing can be said for it.
  void FailWithoutEnd() {
    ScheduledRun run;
    run.command = command_;
    run.title = title_;
    check_.Fail(run, "the program comes to its end", {"in no schedule it had ended after 20 million steps", {}, {}});
  }

  void NameSchedule(const schedule::Stop& stop) {
    const schedule::Token token{stop.recipe, schedule::Folded(stop.answer.result.hash),
                                schedule::ProgramDigest(program_.host)};
    record_.replay = fmt::format("{}/{}", call_, schedule::ToText(token));
    schedule::CodeMap code(program_.host);
    schedule::SourceLines lines(check_.submission());
    schedule::Scene scene(stop.answer, code, lines);
    record_.steps = schedule::StepsTable(scene);
    record_.last_timeline = TimelineOf(scene, schedule::HasFinding(stop.answer));
  }

  LabCheck& check_;
  CheckRecord& record_;
  const build::Program& program_;
  sandbox::Command command_;
  std::string title_;
  schedule::Explorer explorer_;
  int call_;
  schedule::Plan plan_;
};

void LabCheck::Explore(const ExploreOptions& options, const std::function<void(const ScheduledRun&)>& judge) {
  Exploring exploring(*this, options);
  const auto found = exploring.Search([&](const ScheduledRun& run) {
    if (judge) {
      judge(run);
    } else {
      EXPECT_THAT(run, ExitsCleanly());
    }
    return HasFailure();
  });
  if (!HasFailure() && found.schedules > 0 && !found.stop) record_->bounds.push_back(schedule::BoundOf(found));
}

void LabCheck::ExploreUntil(const ExploreOptions& options, const std::string& expected,
                            const std::function<bool(const ScheduledRun&)>& shows) {
  Exploring exploring(*this, options);
  const auto found = exploring.Search(shows);
  if (HasFailure() || found.schedules == 0) return;
  if (!found.stop) return exploring.FailAll(expected, found);
  record_->bounds.push_back(fmt::format("shown by schedule {}", found.stop->number));
}

}  // namespace grader::checks
