#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include "grader/build/builder.h"
#include "grader/cli/command.h"
#include "grader/cli/errors.h"
#include "grader/cli/temporary_folder.h"
#include "grader/cli/version.h"
#include "grader/observe/run.h"
#include "grader/report/machine.h"
#include "grader/report/text.h"
#include "grader/sandbox/spawner.h"
#include "grader/schedule/explorer.h"

namespace grader::cli {
namespace {

// Forks, waits, and is watched doing so: what lab 1 needs.
constexpr const char* kTrialSource = R"(#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

int main() {
  if (fork() == 0) _exit(7);
  int status = 0;
  wait(&status);
  std::printf("child %d\n", WEXITSTATUS(status));
}
)";
constexpr const char* kTrialOutput = "child 7\n";

// The cgroup trees of this machine: "v1 (cpu, memory, pids), v2 at /sys/fs/cgroup/unified".
std::string Cgroups() {
  std::ifstream mounts("/proc/self/mounts");
  std::string controllers, unified, device, place, kind, line;
  while (std::getline(mounts, line)) {
    std::istringstream(line) >> device >> place >> kind;
    if (kind == "cgroup")
      controllers += (controllers.empty() ? "" : ", ") + std::filesystem::path(place).filename().string();
    if (kind == "cgroup2") unified = "v2 at " + place;
  }
  if (controllers.empty()) return unified.empty() ? "none" : unified;
  return "v1 (" + controllers + ")" + (unified.empty() ? "" : ", " + unified);
}

// The first line that a program prints about itself, in a sandbox as submissions meet it.
std::string VersionOf(sandbox::Spawner& spawner, const std::string& program) {
  observe::RunRequest request;
  request.command.argv = {program, "--version"};
  request.level = observe::TraceLevel::kNone;
  const observe::Observation run = observe::Observe(spawner, std::move(request));
  const std::string text = run.out.text();
  const auto* exited = std::get_if<observe::Exited>(&run.outcome);
  if (exited == nullptr || exited->code != 0) return "missing: " + program + " " + observe::Describe(run.outcome);
  return report::OneLine(text.substr(0, text.find('\n')));
}

// Builds a program, runs it under observation and compares what was seen. Throws FaultError if anything differs.
void Try(sandbox::Spawner& spawner) {
  const TemporaryFolder temporary("grade-doctor");
  const auto submission = temporary.path() / "submission";
  const auto cache = temporary.path() / "cache";
  std::filesystem::create_directory(submission);
  std::filesystem::create_directory(cache);
  std::ofstream(submission / "trial.cpp") << kTrialSource;
  build::Builder builder(spawner, cache);
  const build::BuildResult built = builder.Build(submission, {.name = "trial", .sources = {"trial.cpp"}});
  if (built.status != build::BuildStatus::kBuilt) throw FaultError("the trial does not build: " + built.summary);
  observe::RunRequest request;
  request.command.argv = built.program.argv;
  request.files = built.program.files;
  const observe::Observation run = observe::Observe(spawner, std::move(request));
  if (run.out.text() != kTrialOutput)
    throw FaultError("the trial " + observe::Describe(run.outcome) + ", and printed '" + run.out.text() + "'");
  if (run.processes.size() != 2) {
    throw FaultError(fmt::format("the trial has 2 processes, but {} were seen", run.processes.size()));
  }
}

// Two threads that count without a lock: whatever the order, this is a race.
constexpr const char* kRaceSource = R"(#include <thread>

int counter = 0;

int main() {
  std::thread other([] { ++counter; });
  ++counter;
  other.join();
}
)";

// Searches the schedules of that program. Throws FaultError if nothing is found.
void TrySchedules(sandbox::Spawner& spawner, const std::filesystem::path& runtime) {
  const TemporaryFolder temporary("grade-doctor");
  std::ofstream(temporary.path() / "race.cpp") << kRaceSource;
  build::Builder builder(spawner, temporary.path() / "cache");
  const auto built = builder.Build(temporary.path(), {.name = "race", .sources = {"race.cpp"}, .runtime = runtime});
  if (built.status != build::BuildStatus::kBuilt) throw FaultError("the trial of threads: " + built.summary);
  schedule::Subject subject;
  subject.command.argv = built.program.argv;
  subject.files = built.program.files;
  const auto go_on = [](const schedule::Answer&, int) { return schedule::Judged::kGoOn; };
  const auto found = schedule::Explorer(spawner, subject).Search({.schedules = 50}, go_on);
  if (!found.stop) throw FaultError("the race in the trial of threads was not found");
}

void PrintTier(const sandbox::TierReport& tier) {
  std::cout << "\nIsolation: " << sandbox::TierName(tier.tier) << '\n';
  for (const std::string& better : tier.better) std::cout << "  not " << better << '\n';
  for (const sandbox::Facility& facility : tier.facilities) {
    std::cout << fmt::format("  {:<3}  {:<24}  {}\n", facility.works ? "yes" : "no", facility.name, facility.detail);
  }
}

ExitStatus Diagnose(const Context& context) {
  const report::Machine machine = report::ThisMachine();
  std::cout << "grade " << kVersion << " on " << machine.system << ", kernel " << machine.kernel << ", "
            << machine.processors << " processors\ncgroups: " << Cgroups() << '\n'
            << std::flush;
  const auto spawner = sandbox::Spawner::Start();
  PrintTier(spawner->tier());
  std::cout << "\nC++:     " << VersionOf(*spawner, "/usr/bin/g++")
            << "\nPython:  " << VersionOf(*spawner, "/usr/bin/python3") << "\n\n"
            << std::flush;
  Try(*spawner);
  TrySchedules(*spawner, FindRuntime(context.caller));
  std::cout
      << "A trial program was built, run and watched as it should be, and a race of threads was found: this machine "
         "can grade.\n";
  return ExitStatus::kSuccess;
}

}  // namespace

void AddDoctor(const Commands& commands) {
  Command& doctor = commands.line.Add("doctor", "say what this machine offers for grading, and try it");
  doctor.Does([commands] { return Diagnose(commands.context); });
}

}  // namespace grader::cli
