#include "family.h"

#include <fmt/format.h>

#include <charconv>
#include <csignal>
#include <optional>

namespace grader::checks::lab02 {

Records ChildrenOfProgram(const Observation& run) {
  Records children;
  for (const auto& process : run.processes) {
    if (process.parent == 0) children.push_back(&process);
  }
  return children;
}

const ProcessRecord* FindProcess(const Observation& run, pid_t pid) {
  for (const auto& process : run.processes) {
    if (process.pid == pid) return &process;
  }
  return nullptr;
}

RunMatcher StartsChildren(int count) {
  const auto wanted = static_cast<std::size_t>(count);
  return JudgeWhileRunning("it starts " + Count(wanted, "child", "children"),
                           [wanted](const Observation& run) -> std::optional<Problem> {
                             RequireLevel(run, TraceLevel::kLifecycle);
                             const auto started = ChildrenOfProgram(run).size();
                             if (started == wanted) return std::nullopt;
                             return Problem{"it started " + Count(started, "child", "children"), {}, {}};
                           });
}

pid_t ParsePid(const std::string& digits) {
  pid_t pid = 0;
  const char* const end = digits.data() + digits.size();
  const auto [rest, error] = std::from_chars(digits.data(), end, pid);
  return error == std::errc{} && rest == end && pid > 0 ? pid : 0;
}

void ReapCheck::ExpectInOneOf(int attempts, const std::function<Observation()>& run_once, const RunMatcher& matcher) {
  for (int attempt = 1; attempt <= attempts; ++attempt) {
    const auto run = run_once();
    if (HasFailure()) return;
    ASSERT_THAT(run, ExitsCleanly());
    if (attempt == attempts) {
      EXPECT_THAT(run, matcher);
    } else if (matcher.Matches(run)) {
      return;
    }
  }
}

RunOptions ReapCheck::Adopted(const std::string& command) {
  const auto& program = Program();
  RunOptions options{.args = program.argv,
                     .probe = "adopter",
                     .scenario = fmt::format("./reap {}, under a parent that adopts its orphans", command)};
  options.args.push_back(command);
  options.files = program.files.views;
  return options;
}

void ReapCheck::UnderSchedules(std::vector<std::string> args, const std::vector<RunMatcher>& matchers) {
  constexpr int kSchedules = 30;
  constexpr int kOfPython = 3;
  const bool interpreted = Program().argv.size() > 1;
  // Step by step even the last instructions take long, so nobody is called a stray for that.
  ForEachSchedule(interpreted ? kOfPython : kSchedules, {.args = std::move(args), .linger = 20s},
                  [&](const Observation& run) {
                    for (const auto& matcher : matchers) ASSERT_THAT(run, matcher);
                  });
}

Observation ReapCheck::RunNohang(int children, TraceLevel level) {
  const auto program = Start({.args = {"nohang", std::to_string(children)}, .level = level});
  program->CloseInput();
  if (level == TraceLevel::kNone) return program->Finish();  // whose children nobody sees
  constexpr auto kPatience = 2500ms;
  std::optional<std::chrono::microseconds> alone_since;
  const bool endless = program->WaitUntil([&](const observe::Progress& now) {
    const bool alone = now.processes_alive == 1 && now.out.find("tick") != now.out.npos;
    if (!alone) alone_since.reset();
    if (alone && !alone_since) alone_since = now.fair_time;
    return alone && now.fair_time - *alone_since > kPatience;
  });
  if (endless) program->Stop();
  return program->Finish();
}

RunOptions ReapCheck::Watched(std::vector<std::string> args) {
  auto tight = limits();
  tight.cpu_time = 3s;
  return {.args = std::move(args), .level = TraceLevel::kBlocking, .limits = tight};
}

Observation ReapCheck::RunHeldUp(RunOptions options, const std::function<bool(const observe::Progress&)>& ready) {
  constexpr auto kHeldUp = 300ms;
  const auto program = Start(std::move(options));
  if (program->WaitUntil(ready)) {
    program->Signal(SIGSTOP);
    std::optional<std::chrono::microseconds> since;
    program->WaitUntil([&](const observe::Progress& now) {
      if (!since) since = now.fair_time;
      return now.fair_time - *since > kHeldUp;
    });
    program->Stop();
  }
  return program->Finish();
}

}  // namespace grader::checks::lab02
