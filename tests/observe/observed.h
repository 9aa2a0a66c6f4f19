// Running the tiny programs of tests/observe/programs under observation.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "grader/observe/run.h"

namespace grader::observe {

// One spawner for all tests of an executable, started before any thread.
inline sandbox::Spawner& TheSpawner() {
  static const std::unique_ptr<sandbox::Spawner> spawner = sandbox::Spawner::Start();
  return *spawner;
}

// How a failed expectation shows what was seen.
inline void PrintTo(const Observation& seen, std::ostream* out) {
  *out << "a program that " << Describe(seen.outcome) << ", with " << seen.processes.size() << " processes";
}

// A request to run one of the tiny programs, seen inside as /box/<name>.
inline RunRequest Program(const std::string& name, std::vector<std::string> arguments = {}) {
  RunRequest request;
  request.command.argv = {"/box/" + name};
  request.command.argv.insert(request.command.argv.end(), arguments.begin(), arguments.end());
  request.files.views = {{OBSERVED_PROGRAMS, "/box"}};
  return request;
}

inline Observation See(RunRequest request) { return Observe(TheSpawner(), std::move(request)); }
inline Observation See(const std::string& name, std::vector<std::string> arguments = {}) {
  return See(Program(name, std::move(arguments)));
}

template <typename End>
const End* As(const Observation& seen) {
  return std::get_if<End>(&seen.outcome);
}

MATCHER_P(ExitsWith, code, "") {
  *result_listener << "stderr: " << arg.err.text();
  const auto* const exited = As<Exited>(arg);
  return exited != nullptr && exited->code == code;
}

MATCHER_P(DiesBy, signal, "") {
  const auto* const signaled = As<Signaled>(arg);
  return signaled != nullptr && signaled->signal == signal;
}

// The processes made by another one.
inline std::vector<const ProcessRecord*> ChildrenOf(const Observation& seen, int parent) {
  std::vector<const ProcessRecord*> children;
  for (const ProcessRecord& process : seen.processes) {
    if (process.parent == parent) children.push_back(&process);
  }
  return children;
}

}  // namespace grader::observe
