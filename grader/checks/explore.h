// Checks of programs under the controlled scheduler: LabCheck::Explore() and ExploreUntil().
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "grader/observe/observation.h"

namespace grader::checks {

// What is explored, and how far. Explore({.args = {"wake-all", "3"}, .scenario = "..."}, judge).
struct ExploreOptions {
  std::vector<std::string> args = {};
  std::string program = {};      // of lab.toml; empty: the first with scheduled = true; without that, built once more
  std::string scenario = {};     // what a driver does, as a student would write it; shown, not its command line
  std::string input = {};        // stdin; then end of file
  int schedules = 400;           // about so many, fewer where all interleavings were tried
  bool spurious_wakeups = true;  // in half of them some waits end without a notification, as C++ allows
  bool early_timeouts = true;    // in some of them time passes while others could run, as on a slow machine
  bool free_sleepers = true;     // in some of them who sleeps wakes at any time
};

// One schedule of the program. It has an outcome and output, and no processes, calls or stacks.
struct ScheduledRun : observe::Observation {
  int number = 0;        // of the schedule, from 1
  int threads = 0;       // that ever lived, main included
  int threads_left = 0;  // that lived when the process ended: no failure by itself, the check decides
  std::chrono::nanoseconds virtual_time{0};  // that passed by the program's own clocks
};

}  // namespace grader::checks
