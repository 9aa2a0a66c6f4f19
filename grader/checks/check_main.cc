#include "grader/checks/check_main.h"

#include <cstdio>
#include <exception>
#include <iostream>
#include <iterator>
#include <string>

#include "grader/checks/arguments.h"
#include "grader/checks/assignment.h"
#include "grader/checks/builds.h"
#include "grader/checks/check_context.h"
#include "grader/checks/check_info_json.h"
#include "grader/checks/check_runner.h"
#include "grader/checks/errors.h"
#include "grader/checks/event_writer.h"
#include "grader/checks/lab_check.h"
#include "grader/checks/shards.h"

namespace grader::checks {
namespace {

constexpr int kUsage = 2;
constexpr int kFault = 3;

std::string ReadAll(std::istream& in) { return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}; }

// One grading: what it is about, and where its events go.
struct Grading {
  Arguments arguments;
  Assignment assignment;
  std::vector<RegisteredCheck> all;
  std::vector<RegisteredCheck> selected;
};

Grading ReadGrading(const Arguments& arguments) {
  Grading grading{arguments, AssignmentFromJson(ReadAll(std::cin)), {}, {}};
  grading.all = RegisteredChecks(grading.assignment.lab_folder);
  grading.selected = Select(grading.all, grading.assignment.only);
  if (arguments.shard) grading.selected = SelectShard(grading.selected, *arguments.shard);
  return grading;
}

Started MakeStarted(const Grading& grading, std::string isolation) {
  Started started{grading.assignment.lab, grading.assignment.seed, std::move(isolation), {}};
  for (const auto& check : grading.all) started.checks.push_back(check.info);
  return started;
}

// The spawner, whose start is told by the Started event either way.
std::unique_ptr<sandbox::Spawner> Begin(const Grading& grading, EventWriter& events, const StartSpawner& start) {
  try {
    auto spawner = start();
    events.Send(MakeStarted(grading, sandbox::TierName(spawner->tier().tier)));
    return spawner;
  } catch (const std::exception&) {
    events.Send(MakeStarted(grading, "none"));
    throw;
  }
}

void Run(const Grading& grading, EventWriter& events, const StartSpawner& start) {
  const auto& assignment = grading.assignment;
  const auto spawner = Begin(grading, events, start);
  Builds builds(assignment, *spawner, [&](const BuildReport& report) { events.Send(report); });
  const bool builds_only = grading.arguments.task == Arguments::Task::kBuildOnly;
  const bool in_shards = assignment.jobs > 1 && !grading.arguments.shard;
  // Some checks alone may need some of the programs alone.
  if (assignment.only.empty() || builds_only || in_shards) builds.BuildAll();
  if (builds_only) return;
  if (in_shards) return RunShards(assignment, events);
  CheckContext context(assignment, *spawner, builds);
  CheckRunner(context, events).RunAll(grading.selected);
}

int Grade(const Arguments& arguments, const StartSpawner& start) {
  const auto grading = ReadGrading(arguments);
  EventWriter events{os::Fd(arguments.results)};
  try {
    Run(grading, events, start);
    events.Send(Finished{});
    return 0;
  } catch (const std::exception& error) {
    events.Send(Fault{error.what()});
    return kFault;
  }
}

int List(const std::filesystem::path& lab_folder) {
  auto list = nlohmann::json::array();
  for (const auto& check : RegisteredChecks(lab_folder)) list.push_back(CheckInfoToJson(check.info));
  std::cout << list.dump(2) << std::endl;
  return std::cout ? 0 : kFault;
}

int Complain(const std::exception& error, int status) {
  std::cerr << "checks: " << error.what() << std::endl;
  return status;
}

}  // namespace

int CheckMain(int argc, char** argv, const StartSpawner& start) {
  try {
    const auto arguments = ParseArguments(argc, argv);
    return arguments.task == Arguments::Task::kList ? List(arguments.lab_folder) : Grade(arguments, start);
  } catch (const UsageError& error) {
    return Complain(error, kUsage);
  } catch (const std::invalid_argument& error) {
    return Complain(error, kUsage);  // the assignment is no assignment
  } catch (const std::exception& error) {
    return Complain(error, kFault);
  }
}

int CheckMain(int argc, char** argv) { return CheckMain(argc, argv, sandbox::Spawner::Start); }

}  // namespace grader::checks
