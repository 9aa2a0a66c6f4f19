// Observations made by hand, for tests of matchers.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "grader/observe/observation.h"

namespace grader::checks::testing {

// A watched run of "./reap nohang 3" that ended with status 0, printed nothing and consists of the program, process 2.
inline observe::Observation CleanRun() {
  observe::Observation run;
  run.command.argv = {"/box/reap", "nohang", "3"};
  run.outcome = observe::Exited{0};
  observe::ProcessRecord program;
  program.pid = 2;
  program.started = {1, std::chrono::milliseconds(0)};
  program.ended = observe::Moment{100, std::chrono::milliseconds(300), {}};
  program.status = observe::ExitStatus{};
  run.processes.push_back(program);
  run.program_ended = run.ended = *program.ended;
  return run;
}

inline observe::Stack StackAt(const std::string& file, int line) { return {{"main", file, line, true}}; }

// One more process, forked by parent at reap.cpp:31 as the order-th event, ended 10 events later after 12 ms, and
// reaped by its parent.
inline observe::ProcessRecord& AddChild(observe::Observation& run, int parent, std::uint64_t order) {
  observe::ProcessRecord child;
  child.index = static_cast<int>(run.processes.size());
  child.pid = 2 + child.index;
  child.parent = parent;
  child.creation = observe::Creation::kFork;
  child.created_at = StackAt("reap.cpp", 31);
  child.started = {order, std::chrono::milliseconds(1)};
  child.ended = observe::Moment{order + 10, std::chrono::milliseconds(12), {}};
  child.status = observe::ExitStatus{};
  child.reaped_by = observe::ReapedBy::kParent;
  run.processes.push_back(child);
  return run.processes.back();
}

}  // namespace grader::checks::testing
