#include "grader/cli/grading_plan.h"

#include <algorithm>
#include <random>

#include "grader/cli/version.h"

namespace grader::cli {
namespace {

std::vector<build::Target> TargetsOf(const course::Lab& lab, const std::filesystem::path& runtime) {
  std::vector<build::Target> targets;
  for (const course::LabProgram& program : lab.programs) {
    build::Target target;
    target.name = program.name;
    target.sources = program.sources;
    if (!program.probe.empty()) target.extra_sources = {lab.folder / "probes" / (program.probe + ".cpp")};
    for (const std::string& header : program.given) target.given.push_back(lab.skeleton / header);
    target.flags = program.flags;
    target.accept_python = program.python;
    if (program.scheduled) target.runtime = runtime;
    targets.push_back(std::move(target));
  }
  return targets;
}

void Apply(const course::LabLimits& wanted, sandbox::Limits& limits) {
  limits.cpu_time = wanted.cpu_time.value_or(limits.cpu_time);
  limits.memory = wanted.memory.value_or(limits.memory);
  limits.processes = wanted.processes.value_or(limits.processes);
}

sandbox::Limits LimitsOf(const course::Course& course, const course::Lab& lab) {
  sandbox::Limits limits;
  Apply(course.limits, limits);
  Apply(lab.limits, limits);
  // The last resort stays behind the limit that explains itself.
  limits.wall_time = std::max(limits.wall_time, 2 * limits.cpu_time);
  return limits;
}

}  // namespace

ChecksRun PlanGrading(const Installation& installation, const course::Course& course, const course::Lab& lab,
                      const Submission& submission, const GradingWishes& wishes) {
  ChecksRun run;
  run.executable = installation.ChecksOf(lab);
  run.assignment = {.lab = lab.id,
                    .submission = submission.folder,
                    .lab_folder = lab.folder,
                    .cache = wishes.cache,
                    .lender = wishes.lender,
                    .programs = TargetsOf(lab, installation.runtime),
                    .runtime = installation.runtime,
                    .limits = LimitsOf(course, lab),
                    .seed = wishes.seed,
                    .attempt = wishes.attempt,
                    .replay = wishes.replay,
                    .only = wishes.only,
                    .jobs = wishes.jobs};
  run.subject = {.lab = lab.id,
                 .title = lab.title,
                 .submission = submission.shown,
                 .command = wishes.command,
                 .only = wishes.only,
                 .version = kVersion,
                 .machine = report::ThisMachine(),
                 .started = std::chrono::system_clock::now()};
  return run;
}

std::uint64_t RandomSeed() {
  // 32 bits: short enough to type again, long enough not to be guessed or met twice.
  return std::random_device()();
}

}  // namespace grader::cli
